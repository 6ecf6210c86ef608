import { relayListOf, relayListSchema } from './relay-list.ts';

describe('the list of relays', () => {
  it('is read and written', () => {
    const relays = [
      { relayId: 'berlin-1', pbx: 'berlin' },
      { relayId: 'berlin-2', pbx: 'berlin' },
      { relayId: 'rome.1', pbx: 'rome' },
    ];
    expect(relayListSchema.parse('berlin-1@berlin, berlin-2@berlin,rome.1@rome')).toEqual(relays);
    expect(relayListSchema.parse(relayListOf(relays))).toEqual(relays);
    expect(relayListSchema.parse(undefined)).toEqual([]);
  });

  it.each([
    ['no PBX', 'berlin-1'],
    ['too many parts', 'berlin-1@berlin@x'],
    ['a relay id that would match others', 'berlin-*@berlin'],
    ['a relay id with a slash', 'a/b@berlin'],
    ['a PBX with a slash', 'berlin-1@a/b'],
    ['a relay twice', 'berlin-1@berlin,berlin-1@rome'],
    ['two relays that differ in punctuation alone', 'berlin-1@berlin,berlin.1@berlin'],
    ['a PBX that begins with another', 'a@berlin,b@berlin-2'],
  ])('may not have %s', (_, list) => {
    expect(relayListSchema.safeParse(list).success).toBe(false);
  });
});
