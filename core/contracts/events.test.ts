import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { callsTickedSchema, coreEventSchema, relayEventSchema } from './events.ts';

const folder = join(__dirname, 'golden');
const golden = readdirSync(folder).map((file) => ({
  file,
  detail: JSON.parse(readFileSync(join(folder, file), 'utf8')) as { type: string; version: number },
}));
const schemas = [...relayEventSchema.options, ...coreEventSchema.options];

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

  it('names the invalid field', () => {
    const utterance = golden.find(({ detail }) => detail.type === 'UtteranceTranscribed')?.detail;
    const result = relayEventSchema.safeParse({ ...utterance, seq: 0 });
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([['seq']]);
  });
});
