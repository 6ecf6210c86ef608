import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsTickedSchema, coreEventSchema, relayEventSchema } from './events.ts';

const folder = join(__dirname, 'golden');
const golden = readdirSync(folder).map((file) => ({
  file,
  detail: JSON.parse(readFileSync(join(folder, file), 'utf8')) as { type: string; version: number },
}));
const schemas = [...relayEventSchema.options, ...coreEventSchema.options];

const relayTypes = new Set<string>(relayEventSchema.options.map(({ shape }) => shape.type.value));

/** The value with half of a character at the end of one of its texts, for each of them. */
function* withHalves(value: unknown): Generator {
  if (typeof value === 'string') yield `${value}\ud83d`;
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    for (const changed of withHalves(part)) {
      yield Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
    }
  }
}

describe('events', () => {
  it.each(golden)('$file parses to itself', ({ file, detail }) => {
    expect(file).toBe(`${detail.type}.v${String(detail.version)}.json`);
    const schema = schemas.find(({ shape }) => shape.type.value === detail.type);
    expect(schema?.parse(detail)).toEqual(detail);
  });

  it('has a golden file for each type', () => {
    expect(golden.map(({ detail }) => detail.type).sort()).toEqual(schemas.map(({ shape }) => shape.type.value).sort());
  });

  it('reads the tick of a relay before 0.2.0, which states no version', () => {
    const { relayVersion, contractVersion, ...tick } = callsTickedSchema.parse(
      golden.find(({ detail }) => detail.type === 'CallsTicked')?.detail,
    );
    expect([relayVersion, contractVersion]).toEqual(['0.2.0', 1]);
    expect(callsTickedSchema.parse(tick)).toEqual(tick);
  });

  it.each(golden.filter(({ detail }) => relayTypes.has(detail.type)))(
    '$file is read without the halves of characters in any of its texts',
    ({ detail }) => {
      const events = [...withHalves(detail)];
      expect(events.length).toBeGreaterThan(3);
      for (const event of events) {
        const { success, data } = relayEventSchema.safeParse(event);
        if (success) expect(JSON.stringify(data)).not.toMatch(/\\ud[89a-f]/);
      }
    },
  );

  it('names the invalid field', () => {
    const utterance = golden.find(({ detail }) => detail.type === 'UtteranceTranscribed')?.detail;
    const result = relayEventSchema.safeParse({ ...utterance, seq: 0 });
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([['seq']]);
  });
});
