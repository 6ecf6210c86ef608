import { callDetailSchema } from '#core/contracts/http/calls.ts';
import { setUpApi } from './app.fake.ts';

const { ask } = setUpApi();

describe('exports', () => {
  it('return the calls as a table without formulae', async () => {
    const response = await ask('/calls/export?campaign=SAVE');
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="calls-.*\.csv"$/);
    const [head, row] = (await response.text()).split('\r\n');
    expect(head).toContain('callId,startedAt,durationSeconds');
    expect(row).toMatch(/^save-1,2026-11-.*,60,ended,agent-SAVE,SAVE,'\+493033333/);
  });

  it('return one call with its utterances', async () => {
    const csv = await (await ask('/calls/sales-1/export')).text();
    expect(csv).toContain('1,4,5,caller,,"cancel my account now, I hate it",-');
    const whole: unknown = await (await ask('/calls/sales-1/export?format=json')).json();
    expect(callDetailSchema.parse(whole).utterances).toHaveLength(2);
  });
});
