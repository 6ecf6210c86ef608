import { randomUUID } from 'node:crypto';
import type { RingOutcome } from '#core/monitor.ts';
import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { type Request, Requests } from './requests.ts';

const requestOf = (requestId: string): Request => ({
  type: 'monitor',
  requestId,
  callId: 'berlin-1.2',
  mode: 'listen',
  extension: '6100',
});
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('Requests', () => {
  let clock: ManualClock;
  let acted: { request: Request; end: (outcome: RingOutcome) => void; fail: (error: Error) => void }[];
  let reported: [string, RingOutcome][];
  let requests: Requests;
  beforeEach(() => {
    clock = new ManualClock();
    acted = [];
    reported = [];
    requests = new Requests({
      clock,
      log: pino({ level: 'silent' }),
      act: (request) => new Promise((end, fail) => acted.push({ request, end, fail })),
      report: ({ requestId }, outcome) => reported.push([requestId, outcome]),
    });
  });

  it('acts upon each once, and reports what became of it', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    for (const id of [first, second, first, first]) requests.take(requestOf(id));
    expect(acted.map(({ request }) => request.requestId)).toEqual([first, second]);
    acted[1]?.end('busy');
    acted[0]?.end('answered');
    await settle();
    expect(reported).toEqual([
      [second, 'busy'],
      [first, 'answered'],
    ]);
  });

  it('says it again to who asks again', async () => {
    const id = randomUUID();
    requests.take(requestOf(id));
    acted[0]?.end('no-answer');
    await settle();
    requests.take(requestOf(id));
    expect(acted).toHaveLength(1);
    expect(reported).toEqual([
      [id, 'no-answer'],
      [id, 'no-answer'],
    ]);
  });

  it('reports a fault as a failure', async () => {
    const id = randomUUID();
    requests.take(requestOf(id));
    acted[0]?.fail(new Error('out of order'));
    await settle();
    expect(reported).toEqual([[id, 'failed']]);
  });

  it('acts upon so many at once, and refuses more until some are done', async () => {
    const ids = Array.from({ length: 300 }, () => randomUUID());
    for (const id of ids) requests.take(requestOf(id));
    expect(acted).toHaveLength(200);
    expect(reported).toEqual(ids.slice(200).map((id) => [id, 'failed']));
    acted[0]?.fail(new Error('no'));
    await settle();
    requests.take(requestOf(randomUUID()));
    expect(acted).toHaveLength(201);
  });

  it('remembers for ten minutes', () => {
    const id = randomUUID();
    requests.take(requestOf(id));
    clock.advance(600_000);
    requests.take(requestOf(randomUUID()));
    requests.take(requestOf(id));
    expect(acted).toHaveLength(2);
    clock.advance(1);
    requests.take(requestOf(randomUUID()));
    requests.take(requestOf(id));
    expect(acted).toHaveLength(4);
  });
});
