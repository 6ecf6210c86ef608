import { callPageSchema } from '#core/contracts/http/history.ts';
import { setUpApi } from './app.fake.ts';

const { ask, idsOf } = setUpApi();

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
});
