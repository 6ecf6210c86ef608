import fc from 'fast-check';
import { CORE_SOURCE, RefusedEventError, relayOfSource, relaySourceOf, requireSender } from './relay-identity.ts';

const relayId = fc.stringMatching(/^[A-Za-z0-9][\w.-]{0,20}$/);
const pbx = fc.stringMatching(/^[\w.:-]{1,20}$/);
const relay = fc.record({ relayId, pbx });
const uuid = '7f0c2b1e-5d7a-4e0b-9c53-1d2e3f405162';

describe('the source of a relay', () => {
  it('names it, and no two relays have the same', () => {
    fc.assert(
      fc.property(relay, relay, (one, other) => {
        expect(relayOfSource(relaySourceOf(one))).toEqual(one);
        const isSame = one.relayId === other.relayId && one.pbx === other.pbx;
        expect(relaySourceOf(one) === relaySourceOf(other)).toBe(isSame);
      }),
    );
  });

  it.each([
    '',
    'earshot.relay',
    'earshot.relay/',
    'earshot.relay/a',
    'earshot.relay/a/',
    'earshot.relay//b',
    CORE_SOURCE,
  ])('is not %j', (source) => {
    expect(relayOfSource(source)).toBeUndefined();
  });

  it('is no other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const found = relayOfSource(`earshot.relay/${text}`);
        if (found) expect(relaySourceOf(found)).toBe(`earshot.relay/${text}`);
      }),
    );
  });
});

describe('the sender of an event', () => {
  it('is the relay of its source if the event names no other relay, PBX or call', () => {
    const claim = fc.record({ relayId, pbx: fc.option(pbx, { nil: undefined }), callOf: pbx });
    fc.assert(
      fc.property(relay, claim, (sender, named) => {
        const callId = `${named.callOf}-1795399200.17`;
        const event = { type: 'CallStarted', relayId: named.relayId, callId, ...(named.pbx && { pbx: named.pbx }) };
        const isOwn =
          named.relayId === sender.relayId &&
          (named.pbx ?? sender.pbx) === sender.pbx &&
          callId.startsWith(`${sender.pbx}-`);
        if (isOwn) expect(requireSender(relaySourceOf(sender), event)).toEqual(sender);
        else expect(() => requireSender(relaySourceOf(sender), event)).toThrow(RefusedEventError);
      }),
    );
  });

  const berlin = { relayId: 'berlin-1', pbx: 'berlin' };
  const source = relaySourceOf(berlin);

  it('may give a call the UUID of its audio, and report calls without naming one', () => {
    expect(requireSender(source, { type: 'CallStarted', ...berlin, callId: uuid })).toEqual(berlin);
    expect(requireSender(source, { type: 'CallsTicked', relayId: 'berlin-1' })).toEqual(berlin);
  });

  it.each([
    ['another relay', { ...berlin, relayId: 'berlin-2' }],
    ['another PBX', { ...berlin, pbx: 'rome' }],
    ['a call of another PBX', { ...berlin, callId: 'rome-1795399200.17' }],
    ['a call of a PBX whose name begins like its own', { ...berlin, callId: 'berlin2-1795399200.17' }],
  ])('is refused when it names %s', (_, named) => {
    expect(() => requireSender(source, { type: 'CallStarted', callId: uuid, ...named })).toThrow(RefusedEventError);
  });

  it('is the cloud for the end of a lost call alone', () => {
    const lost = { type: 'CallEnded', ...berlin, callId: 'berlin-17', reason: 'lost' };
    expect(requireSender(CORE_SOURCE, lost)).toEqual(berlin);
    for (const event of [
      { ...lost, reason: 'hangup' },
      { ...lost, type: 'CallStarted' },
    ]) {
      expect(() => requireSender(CORE_SOURCE, event)).toThrow(RefusedEventError);
    }
    expect(() => requireSender('earshot.relay', lost)).toThrow(RefusedEventError);
  });
});
