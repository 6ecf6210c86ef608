import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addRelayTo } from './relay-list-file.ts';

const file = join(mkdtempSync(join(tmpdir(), 'earshot-cdk-')), 'cdk.json');
const berlin = { relayId: 'berlin-1', pbx: 'berlin' };
const read = () => JSON.parse(readFileSync(file, 'utf8')) as unknown;

describe('adding a relay', () => {
  beforeEach(() => {
    writeFileSync(file, JSON.stringify({ app: 'x', context: { stage: 'prod' } }));
  });

  it('keeps all else, and writes nothing where it is there already', () => {
    expect(addRelayTo(file, berlin)).toBe(true);
    expect(addRelayTo(file, { relayId: 'rome-1', pbx: 'rome' })).toBe(true);
    expect(addRelayTo(file, berlin)).toBe(false);
    expect(read()).toEqual({ app: 'x', context: { stage: 'prod', relays: 'berlin-1@berlin,rome-1@rome' } });
  });

  it('changes the PBX of one that is there', () => {
    addRelayTo(file, berlin);
    expect(addRelayTo(file, { ...berlin, pbx: 'spandau' })).toBe(true);
    expect(read()).toMatchObject({ context: { relays: 'berlin-1@spandau' } });
  });

  it('refuses one that could pass for another, and leaves the file as it was', () => {
    addRelayTo(file, berlin);
    const before = read();
    expect(() => addRelayTo(file, { relayId: 'berlin.1', pbx: 'berlin' })).toThrow('rename one');
    expect(() => addRelayTo(file, { relayId: 'rome-1', pbx: 'berlin-2' })).toThrow('rename one');
    expect(read()).toEqual(before);
  });
});
