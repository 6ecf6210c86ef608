import fc from 'fast-check';
import { exampleAlert } from './call/example-call.ts';
import { relayCommandSchema } from './contracts/control.ts';
import type { CallMetadata } from './call/events.ts';
import type { Alert } from './alert.ts';
import { ringSentence } from './ring-sentence.ts';

const alert: Alert = {
  ...exampleAlert,
  level: 'critical',
  text: 'my lawyer will call',
  reasons: exampleAlert.reasons.map((reason) => ({
    ...reason,
    ruleName: 'Legal threat',
    explanation: 'said "my lawyer"',
  })),
};
const sentence = (metadata: CallMetadata, of = alert) => ringSentence(of, metadata);

describe('ringSentence', () => {
  it.each([
    [
      { agent: { id: '7', name: 'Dana Weber' }, campaign: 'Retention', inGroup: 'SAVE' },
      'Earshot: critical alert on the call of Dana Weber, campaign Retention. Rule: Legal threat.',
    ],
    [
      { agent: { id: '7' }, inGroup: 'SAVE_EN' },
      'Earshot: critical alert on the call of 7, queue SAVE EN. Rule: Legal threat.',
    ],
    [{ queue: 'support' }, 'Earshot: critical alert on a call, queue support. Rule: Legal threat.'],
    [
      { agent: { id: '7', name: '***' }, campaign: '?' },
      'Earshot: critical alert on the call of 7. Rule: Legal threat.',
    ],
    [{}, 'Earshot: critical alert on a call. Rule: Legal threat.'],
  ])('says for %j', (metadata, expected) => {
    expect(sentence(metadata)).toBe(expected);
  });

  it('reveals nothing about the customer', () => {
    const said = sentence({ caller: { number: '+442079460777', name: 'Mx Caller' }, agent: { id: '7' } });
    for (const secret of ['0777', 'Mx Caller', 'lawyer']) expect(said).not.toContain(secret);
  });

  it('fits into a command whatever the names are', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 256 });
    fc.assert(
      fc.property(name, name, name, (agentName, campaign, ruleName) => {
        const said = sentence(
          { agent: { id: '7', name: agentName }, campaign },
          { ...alert, reasons: alert.reasons.map((reason) => ({ ...reason, ruleName })) },
        );
        const command = { type: 'ring', requestId: '00000000-0000-4000-8000-000000000000', callId: 'pbx-1' };
        expect(
          relayCommandSchema.safeParse({ ...command, extension: '6005', level: 'critical', sentence: said }).success,
        ).toBe(true);
        expect(said).not.toMatch(/[<>&"\\\r\n]/);
      }),
    );
  });
});
