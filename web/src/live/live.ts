import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue';
import type { Monitor } from '#core/monitor.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import type { ApiClient } from '../session/api-client.ts';
import { createLiveConnection, type ConnectionState, type LiveConnectionDeps } from './live-connection.ts';
import { ApiError } from '../session/api-error.ts';
import {
  applyActiveCalls,
  applyAlerts,
  applyCallDetail,
  applyMessage,
  applyMonitor,
  closeTranscript,
  emptyBoard,
  openTranscript,
  type Board,
  type KnownAlert,
} from './board.ts';
import { noPartials, withoutCall, withPartial, type Partials } from './partials.ts';
import { forgetOld } from './screen.ts';
import { createServerClock, type ServerClock } from './server-clock.ts';

/** Something that the reader should know of the data as a whole. */
export type Notice = 'calls-not-loaded' | 'page-outdated';

/** The live data of the page: one board, kept current by one connection and by fetches where it may have holes. */
export interface Live {
  readonly board: Readonly<ShallowRef<Board>>;
  /** What is being said on the calls that are open; apart from the board, for it changes much more often. */
  readonly partials: Readonly<ShallowRef<Partials>>;
  readonly connection: Readonly<ShallowRef<ConnectionState>>;
  /** When the last message came, by our clock. */
  readonly heardAt: Readonly<ShallowRef<number>>;
  /** When the page began to listen. */
  readonly since: number;
  readonly notice: Readonly<ShallowRef<Notice | undefined>>;
  /** Whether the list of calls has been fetched. */
  readonly isLoaded: Readonly<ShallowRef<boolean>>;
  readonly clock: ServerClock;
  start(): void;
  /** Keeps a call's words current until `closeCall`. */
  openCall(callId: string): void;
  closeCall(callId: string): void;
  /**
   * Fetches a call anew.
   * @throws {ApiError}
   */
  fetchCall(callId: string): Promise<void>;
  /** Takes alerts that an answer of the API brought. */
  takeAlerts(alerts: readonly KnownAlert[]): void;
  /** Takes a request to be on a call that an answer of the API brought. */
  takeMonitor(monitor: Monitor): void;
  wake(): void;
  stop(): void;
}

export const liveKey: InjectionKey<Live> = Symbol('live');

export function useLive(): Live {
  const live = inject(liveKey);
  if (!live) throw new Error('No live data: provide liveKey at the root');
  return live;
}

export interface LiveDeps extends Pick<LiveConnectionDeps, 'openSocket' | 'now' | 'random' | 'isOnline'> {
  readonly api: ApiClient;
  onSignedOut(): void;
}

/** Overviews come in parts: the page is drawn anew once for all that come within this time. */
const GATHER_MS = 200;
const FORGET_EVERY_MS = 60_000;
const REFETCH_MS = 5000;

export function createLive(deps: LiveDeps, createConnection = createLiveConnection): Live {
  const { api, now } = deps;
  const board = shallowRef(emptyBoard);
  const partials = shallowRef(noPartials);
  const connection = shallowRef<ConnectionState>({ kind: 'connecting' });
  const heardAt = shallowRef(now());
  const notice = shallowRef<Notice>();
  const isLoaded = shallowRef(false);
  const clock = createServerClock(now);
  let forgetting: ReturnType<typeof setInterval> | undefined;
  let refetching: ReturnType<typeof setTimeout> | undefined;
  const gathered: { message: ServerMessage; at: number }[] = [];
  let gathering: ReturnType<typeof setTimeout> | undefined;

  async function fetchCalls(): Promise<void> {
    clearTimeout(refetching);
    const askedAt = now();
    try {
      const answer = await api.activeCalls();
      board.value = applyActiveCalls(board.value, answer, askedAt, clock.now());
      notice.value = undefined;
      isLoaded.value = true;
    } catch (error) {
      report(error);
      notice.value = error instanceof ApiError && error.kind === 'misunderstood' ? 'page-outdated' : 'calls-not-loaded';
      refetching = setTimeout(() => void fetchCalls(), REFETCH_MS);
    }
  }

  /** What is open, and what was handled of late: either may have changed while we did not listen. */
  async function fetchAlerts(): Promise<void> {
    const limit = 200;
    const pages = [api.alerts({ state: 'open', limit }), api.alerts({ limit })];
    for (const page of pages) {
      try {
        // The board is read after the answer, not before: else all that was heard meanwhile would be lost.
        const { alerts } = await page;
        board.value = applyAlerts(board.value, alerts);
      } catch (error) {
        report(error);
      }
    }
  }

  async function fetchCall(callId: string): Promise<void> {
    try {
      const detail = await api.call(callId);
      board.value = applyCallDetail(board.value, detail, now());
    } catch (error) {
      report(error);
      throw error;
    }
  }

  function report(error: unknown): void {
    if (error instanceof ApiError && error.kind === 'signed-out') deps.onSignedOut();
  }

  /** What changed while a topic was not subscribed is fetched; a failed fetch of a call is its page's to repeat. */
  function catchUp(topic: Topic): void {
    if (topic === 'overview') void fetchCalls();
    else if (topic === 'alerts') void fetchAlerts();
    else if (topic.startsWith('call:')) void fetchCall(topic.slice('call:'.length)).catch(() => undefined);
  }

  function hear(message: ServerMessage): void {
    heardAt.value = now();
    if ('pushedAt' in message) clock.observe(message.pushedAt);
    if (message.type === 'subscribed') catchUp(message.topic);
    if (message.type === 'overview' || message.type === 'relays') {
      gathered.push({ message, at: heardAt.value });
      gathering ??= setTimeout(takeGathered, GATHER_MS);
    } else if (message.type === 'partial') {
      const isOpen = board.value.transcripts.has(message.callId);
      if (isOpen) partials.value = withPartial(partials.value, message, clock.now());
    } else {
      board.value = applyMessage(board.value, message, heardAt.value);
    }
  }

  function takeGathered(): void {
    gathering = undefined;
    board.value = gathered.splice(0).reduce((next, { message, at }) => applyMessage(next, message, at), board.value);
  }

  const socket = createConnection({
    ...deps,
    openTicket: () => api.ticket(),
    onState: (state) => (connection.value = state),
    onMessage: hear,
    onMisunderstood: () => {
      notice.value = 'page-outdated';
      catchUp('overview');
      for (const callId of board.value.transcripts.keys()) catchUp(`call:${callId}`);
    },
  });

  return {
    board,
    partials,
    connection,
    heardAt,
    since: now(),
    notice,
    isLoaded,
    clock,
    start() {
      socket.subscribe('overview');
      socket.subscribe('alerts');
      socket.start();
      // The first screen need not wait for the connection.
      void fetchCalls();
      forgetting = setInterval(() => (board.value = forgetOld(board.value, clock.now())), FORGET_EVERY_MS);
    },
    openCall(callId) {
      board.value = openTranscript(board.value, callId);
      socket.subscribe(`call:${callId}`);
    },
    closeCall(callId) {
      socket.unsubscribe(`call:${callId}`);
      board.value = closeTranscript(board.value, callId);
      partials.value = withoutCall(partials.value, callId);
    },
    fetchCall,
    takeAlerts(alerts) {
      board.value = applyAlerts(board.value, alerts);
    },
    takeMonitor(monitor) {
      board.value = applyMonitor(board.value, monitor);
    },
    wake: () => {
      socket.wake();
    },
    stop() {
      socket.stop();
      clearInterval(forgetting);
      clearTimeout(refetching);
      clearTimeout(gathering);
      gathering = undefined;
    },
  };
}
