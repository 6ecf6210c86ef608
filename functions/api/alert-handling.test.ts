import { exampleAlert } from '#core/call/example-call.ts';
import { alertSchema } from '#core/alert.ts';
import { handle } from './alert-handling.ts';

const ada = { sub: 'u-1', name: 'Ada' };
const bob = { sub: 'u-2', name: 'Bob' };

describe('handle', () => {
  it('records who acknowledged and who resolved, and when', () => {
    const acknowledged = handle(exampleAlert, { version: 0, state: 'acknowledged', assignee: 'me' }, ada, 1000);
    const done = handle(
      acknowledged,
      { version: 1, state: 'resolved', verdict: 'useful', note: 'Called back' },
      bob,
      2000,
    );
    expect(alertSchema.parse(done)).toEqual({
      ...exampleAlert,
      state: 'resolved',
      handling: {
        version: 2,
        assignee: ada,
        acknowledged: { by: ada, at: 1000 },
        resolved: { by: bob, at: 2000 },
        verdict: 'useful',
        note: 'Called back',
      },
    });
  });

  it('counts an alert that is resolved at once as acknowledged', () => {
    expect(handle(exampleAlert, { version: 0, state: 'resolved' }, ada, 1000).handling).toEqual({
      version: 1,
      acknowledged: { by: ada, at: 1000 },
      resolved: { by: ada, at: 1000 },
    });
  });

  it('clears fields by null, and reopening clears acknowledgement and resolution', () => {
    const done = handle(
      exampleAlert,
      { version: 0, state: 'resolved', assignee: 'me', verdict: 'false-alarm', note: 'No' },
      ada,
      1000,
    );
    const opened = handle(done, { version: 1, state: 'open', assignee: null, verdict: null, note: null }, bob, 2000);
    expect(opened).toEqual({ ...exampleAlert, handling: { version: 2 } });
  });

  it('keeps fields that are not in the patch', () => {
    const noted = handle(exampleAlert, { version: 0, note: 'Look at this' }, ada, 1000);
    expect(handle(noted, { version: 1, assignee: 'me' }, bob, 2000)).toEqual({
      ...exampleAlert,
      handling: { version: 2, note: 'Look at this', assignee: bob },
    });
  });
});
