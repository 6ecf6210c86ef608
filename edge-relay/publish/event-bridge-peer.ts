import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { RelayEvent } from '#core/events.ts';

interface Entry {
  readonly EventBusName: string;
  readonly Source: string;
  readonly DetailType: string;
  readonly Detail: string;
}

/** What the peer does with a request instead of taking it. */
type BusFault =
  | 'reset'
  | 'unavailable'
  /** The events are taken, but nobody hears of it. */
  | 'taken-then-reset'
  | { readonly failEntries: readonly number[]; readonly code?: string };

/** EventBridge's PutEvents on loopback. */
export interface EventBridgePeer {
  readonly url: string;
  /** Each request's entries, also of those that failed. */
  readonly requests: Entry[][];
  /** Details that were taken, in order. */
  readonly taken: RelayEvent[];
  /** What happens to the next requests, in order. */
  readonly faults: BusFault[];
  /** What happens to every request, until it is taken away. */
  outage: BusFault | undefined;
  /** Requests with such an event are refused whole, as EventBridge does with one that is too large. */
  isPoison: ((event: RelayEvent) => boolean) | undefined;
  close: () => Promise<void>;
}

export async function startEventBridgePeer(): Promise<EventBridgePeer> {
  const server = createServer((request, response) => {
    void (async () => {
      const { Entries } = (await json(request)) as { Entries: Entry[] };
      peer.requests.push(Entries);
      const fault = peer.outage ?? peer.faults.shift();
      if (fault === 'reset') {
        request.socket.destroy();
        return;
      }
      if (fault === 'unavailable') {
        response.writeHead(503).end('{}');
        return;
      }
      if (peer.isPoison && Entries.some((entry) => peer.isPoison?.(JSON.parse(entry.Detail) as RelayEvent))) {
        const body = JSON.stringify({ __type: 'ValidationException', message: 'an entry is too large' });
        response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
        return;
      }
      if (fault === 'taken-then-reset') {
        for (const entry of Entries) peer.taken.push(JSON.parse(entry.Detail) as RelayEvent);
        request.socket.destroy();
        return;
      }
      const failed = new Set(fault?.failEntries);
      const code = fault?.code ?? 'ThrottlingException';
      const results = Entries.map((entry, i) => {
        if (failed.has(i)) return { ErrorCode: code, ErrorMessage: 'refused' };
        peer.taken.push(JSON.parse(entry.Detail) as RelayEvent);
        return { EventId: randomUUID() };
      });
      response
        .writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ FailedEntryCount: failed.size, Entries: results }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const peer: EventBridgePeer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    taken: [],
    faults: [],
    outage: undefined,
    isPoison: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
  return peer;
}
