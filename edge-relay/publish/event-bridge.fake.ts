import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { RelayEvent } from '#core/contracts/events.ts';

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** What the fake does with a request instead of taking it. */
type BusFault =
  | 'reset'
  | 'unavailable'
  /** The events are accepted, but the reply is lost. */
  | 'taken-then-reset'
  | { readonly failEntries: readonly number[]; readonly code?: string };

/** What EventBridge says to every request, whatever it asks. */
interface Refusal {
  readonly status: number;
  readonly code: string;
}

/** EventBridge's PutEvents and DescribeEventBus on loopback. */
export interface FakeEventBridge {
  readonly url: string;
  /** Each request's entries, also of those that failed. */
  readonly requests: Entry[][];
  /** Details that were taken, in order. */
  readonly taken: RelayEvent[];
  /** What happens to the next requests, in order. */
  readonly faults: BusFault[];
  /** What happens to a request for which nothing stands there, by its number from 1. */
  faultOf: ((request: number) => BusFault | undefined) | undefined;
  /** What happens to every request, until it is taken away. */
  outage: BusFault | undefined;
  /** Every request is refused so, except those whose action it leaves through. */
  refusal: (Refusal & { readonly except?: string }) | undefined;
  /** The one bus there is. */
  busName: string;
  /** Its clock is so much ahead of this machine's. */
  aheadMs: number;
  /** Requests with such an event are refused whole, as EventBridge does with one that is too large. */
  isPoison: ((event: RelayEvent) => boolean) | undefined;
  close: () => Promise<void>;
}

export async function startFakeEventBridge(): Promise<FakeEventBridge> {
  const server = createServer((request, response) => {
    void (async () => {
      const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
      const body = (await json(request)) as { Entries: Entry[]; Name?: string };
      const answer = (status: number, result: unknown) => {
        const date = new Date(Date.now() + fake.aheadMs).toUTCString();
        response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', date }).end(JSON.stringify(result));
      };
      if (fake.refusal && fake.refusal.except !== action) {
        answer(fake.refusal.status, { __type: fake.refusal.code, message: 'refused' });
        return;
      }
      if (action === 'DescribeEventBus') {
        if (body.Name === fake.busName) answer(200, { Name: body.Name });
        else answer(400, { __type: 'ResourceNotFoundException', message: 'there is no such bus' });
        return;
      }
      const { Entries } = body;
      fake.requests.push(Entries);
      const fault = fake.outage ?? fake.faults.shift() ?? fake.faultOf?.(fake.requests.length);
      if (fault === 'reset') {
        request.socket.destroy();
        return;
      }
      if (fault === 'unavailable') {
        response.writeHead(503).end('{}');
        return;
      }
      if (fake.isPoison && Entries.some((entry) => fake.isPoison?.(JSON.parse(entry.Detail) as RelayEvent))) {
        answer(400, { __type: 'ValidationException', message: 'an entry is too large' });
        return;
      }
      if (fault === 'taken-then-reset') {
        for (const entry of Entries) fake.taken.push(JSON.parse(entry.Detail) as RelayEvent);
        request.socket.destroy();
        return;
      }
      const failed = new Set(fault?.failEntries);
      const code = fault?.code ?? 'ThrottlingException';
      const results = Entries.map((entry, i) => {
        if (failed.has(i)) return { ErrorCode: code, ErrorMessage: 'refused' };
        if (!isJson(entry.Detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
        fake.taken.push(JSON.parse(entry.Detail) as RelayEvent);
        return { EventId: randomUUID() };
      });
      const failedEntryCount = results.filter((result) => 'ErrorCode' in result).length;
      answer(200, { FailedEntryCount: failedEntryCount, Entries: results });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeEventBridge = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    taken: [],
    faults: [],
    faultOf: undefined,
    outage: undefined,
    refusal: undefined,
    busName: 'earshot',
    aheadMs: 0,
    isPoison: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return fake;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
