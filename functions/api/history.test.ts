import { exampleHead } from '#core/call/example-call.ts';
import { dayIn } from '#core/days.ts';
import { callChoicesSchema, callPageSchema } from '#core/contracts/http/history.ts';
import { admin, ofSales, setUpApi } from './app.fake.ts';

const { ask, idsOf } = setUpApi();
const { callStartedAt } = exampleHead;

describe('the search', () => {
  it.each([
    ['', ['sales-1', 'sales-2', 'save-1']],
    ['?agent=agent-SALES', ['sales-1', 'sales-2']],
    ['?campaign=SAVE', ['save-1']],
    ['?number=22222', ['sales-2']],
    ['?number=%2B4930', ['sales-1', 'sales-2', 'save-1']],
    ['?mood=negative', ['save-1']],
    ['?mood=positive', ['sales-2']],
    ['?level=any', ['sales-1', 'save-1']],
    ['?level=warning', ['sales-1', 'save-1']],
    ['?level=critical', []],
    ['?rule=leaving', ['sales-1', 'save-1']],
    ['?rule=leaving&campaign=SAVE', ['save-1']],
    ['?rule=leav', []],
    ['?words=Cancel%20HATE', ['sales-1', 'save-1']],
    ['?words=thank%20you', ['sales-1', 'sales-2']],
    ['?words=canc', []],
    ['?words=hate&campaign=SAVE&level=any', ['save-1']],
    ['?from=2020-01-01&to=2020-01-02', []],
  ])('finds by %s', async (query, expected) => {
    expect(await idsOf(`/calls/search${query}`)).toEqual(expected);
  });

  it('returns page by page to the end', async () => {
    const found: string[] = [];
    let cursor: string | undefined = '';
    for (let pages = 0; cursor !== undefined && pages < 10; pages++) {
      const page = await ask(`/calls/search?limit=1${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      const { calls: some, cursor: next } = callPageSchema.parse(await page.json());
      found.push(...some.map(({ callId }) => callId));
      cursor = next;
    }
    expect(found.sort()).toEqual(['sales-1', 'sales-2', 'save-1']);
  });

  it.each(['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])('goes by the days of %s', async (timeZone) => {
    const day = dayIn(callStartedAt, timeZone);
    const other = (days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
    const on = (from: string, to: string) =>
      `/calls/search?from=${from}&to=${to}&timeZone=${encodeURIComponent(timeZone)}`;
    expect(await idsOf(on(day, day))).toEqual(['sales-1', 'sales-2', 'save-1']);
    expect(await idsOf(on(other(-2), other(-1)))).toEqual([]);
    expect(await idsOf(on(other(1), other(2)))).toEqual([]);
    expect(await idsOf(on(other(-1), other(1)))).toHaveLength(3);
  });

  it('refuses a time zone that there is not', async () => {
    expect((await ask('/calls/search?timeZone=Mars/Olympus')).status).toBe(400);
  });

  it('shows where a call has the words, and leaves nothing of them in the audit but that they were read', async () => {
    const { calls } = callPageSchema.parse(await (await ask('/calls/search?words=hate&campaign=SAVE')).json());
    const [{ hit } = {}] = calls;
    expect(hit).toMatchObject({ seq: 2, text: 'this is awful, I hate this', found: [{ start: 17, end: 21 }] });
    const { rows } = (await (await ask('/audit?kind=reading', { as: admin })).json()) as { rows: { what: string }[] };
    expect(rows[0]?.what).toBe('Read excerpts of past calls: 1.');
    expect(JSON.stringify(rows)).not.toContain('hate');
  });

  it('shows no words where none are searched', async () => {
    const { calls } = callPageSchema.parse(await (await ask('/calls/search')).json());
    expect(calls.map(({ hit }) => hit)).toEqual([undefined, undefined, undefined]);
  });
});

describe('what can be searched by', () => {
  it('is listed by name, as far as a person may see it', async () => {
    const choices = async (as?: unknown) => callChoicesSchema.parse(await (await ask('/calls/choices', { as })).json());
    expect(await choices(admin)).toEqual({
      agents: [
        { id: 'agent-SALES', name: 'SALES' },
        { id: 'agent-SAVE', name: 'SAVE' },
      ],
      campaigns: ['SALES', 'SAVE'],
    });
    expect((await choices(ofSales)).campaigns).toEqual(['SALES']);
  });
});
