import { activeCallsSchema, callDetailSchema } from '#core/contracts/http/calls.ts';
import { exampleAlert, exampleCall, said } from '#core/call/example-call.ts';
import { unpackable } from '#core/judging/hostile-input.ts';
import type { z } from 'zod';
import { problemOf, setUpApi } from './app.fake.ts';

const LAMBDA_RESPONSE_BYTES = 6 * 1024 * 1024;

const { ask, stores } = setUpApi();

const cursorOf = (cursor: unknown) => Buffer.from(JSON.stringify(cursor)).toString('base64url');

/** All pages of a path; each fits into a response of Lambda. */
async function pagesOf<T extends { cursor?: string | undefined }>(path: string, schema: z.ZodType<T>): Promise<T[]> {
  const pages: T[] = [];
  let cursor: string | undefined;
  do {
    const body = await (await ask(cursor === undefined ? path : `${path}?cursor=${cursor}`)).text();
    expect(Buffer.byteLength(JSON.stringify({ body }))).toBeLessThan(LAMBDA_RESPONSE_BYTES);
    const page = schema.parse(JSON.parse(body));
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

describe('calls', () => {
  it('are listed while they are live', async () => {
    const { calls: live } = activeCallsSchema.parse(await (await ask('/calls')).json());
    expect(live.map(({ callId }) => callId)).toEqual(['live-1']);
  });

  it('are returned with utterances and alerts', async () => {
    const detail = callDetailSchema.parse(await (await ask('/calls/sales-1')).json());
    expect(detail.utterances.map(({ seq }) => seq)).toEqual([1, 2]);
    expect(detail.alerts.map(({ alertId }) => alertId)).toEqual(['leaving~1']);
  });

  it('come in pages where they do not fit into one response, each once', async () => {
    const { calls } = stores();
    const long = (seed: number) => unpackable(256, seed);
    const crowd = Array.from({ length: 450 }, (_, index) => ({
      ...exampleCall,
      callId: `crowd-${index}`,
      startedAt: exampleCall.startedAt + (index % 7),
      metadata: {
        agent: { id: long(index + 1), name: long(index + 2) },
        caller: { number: long(index + 3), name: long(index + 4) },
        campaign: long(index + 5),
        inGroup: long(index + 6),
        queue: long(index + 7),
        recordingUrl: `https://recordings.example/${'x'.repeat(1_900)}`,
      },
    }));
    for (const call of crowd) await calls.save({ ...call, version: 1 }, []);
    const pages = await pagesOf('/calls', activeCallsSchema);
    expect(pages.length).toBeGreaterThan(1);
    const ids = pages.flatMap((page) => page.calls.map(({ callId }) => callId));
    expect(ids.toSorted()).toEqual([...crowd.map(({ callId }) => callId), 'live-1'].toSorted());
  }, 60_000);

  it('come in pages with a transcript that does not fit into one response', async () => {
    const { calls } = stores();
    await calls.save({ ...exampleCall, callId: 'long', version: 1 }, [{ ...exampleAlert, callId: 'long' }]);
    const seqs = Array.from({ length: 450 }, (_, index) => index + 1);
    for (const seq of seqs) {
      await calls.putUtterance({ ...said({ seq, text: unpackable(4_096, seq) }), callId: 'long' });
    }
    const pages = await pagesOf('/calls/long', callDetailSchema);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.map(({ call }) => call.callId)).toEqual(pages.map(() => 'long'));
    expect(pages.flatMap(({ utterances }) => utterances.map(({ seq }) => seq))).toEqual(seqs);
    expect(pages.flatMap(({ alerts }) => alerts)).toHaveLength(1);

    const exported = await ask('/calls/long/export?format=json');
    const cursor = exported.headers.get('x-next-cursor') ?? '';
    expect(callDetailSchema.parse(await exported.json()).utterances.length).toBeLessThan(seqs.length);
    expect((await ask(`/calls/long/export?format=json&cursor=${cursor}`)).status).toBe(200);
  }, 60_000);

  it.each(['/calls', '/calls/sales-1', '/calls/sales-1/export'])(
    '%s refuses a cursor that it did not give',
    async (path) => {
      for (const cursor of [
        'x',
        cursorOf(null),
        cursorOf({}),
        cursorOf(''),
        cursorOf({ at: 1 }),
        cursorOf('x'.repeat(1_400)),
      ]) {
        expect(await problemOf(await ask(`${path}?cursor=${cursor}`))).toMatchObject({ status: 400, field: 'cursor' });
      }
    },
  );

  it('that are not stored are not found', async () => {
    expect(await problemOf(await ask('/calls/other'))).toMatchObject({ status: 404, field: 'callId' });
    expect(await problemOf(await ask('/nowhere'))).toMatchObject({ status: 404 });
  });
});
