import { inject, shallowRef, type InjectionKey, type ShallowRef } from 'vue';
import type { Monitor } from '#core/monitor.ts';
import { ACCESS_CHANGED, type ServerMessage, type Topic } from '#core/contracts/live.ts';
import type { ApiClient } from '../session/api-client.ts';
import { createLiveConnection, type ConnectionState, type LiveConnectionDependencies } from './live-connection.ts';
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

/** What the reader should know about the data as a whole. */
export type LiveNotice = 'calls-not-loaded' | 'page-outdated';

/** The live data of the page: one board, kept current by one connection and by fetches where it may have holes. */
export interface Live {
  readonly board: Readonly<ShallowRef<Board>>;
  /** What is being said on the calls that are open; apart from the board, for it changes much more often. */
  readonly partials: Readonly<ShallowRef<Partials>>;
  readonly connection: Readonly<ShallowRef<ConnectionState>>;
  /** When the last message came, by our clock. */
  readonly receivedAt: Readonly<ShallowRef<number>>;
  /** The server's time of all that is shown, while the page is cut off; undefined while it is current. */
  readonly shownAt: Readonly<ShallowRef<number | undefined>>;
  /** When the page began to listen. */
  readonly since: number;
  readonly notice: Readonly<ShallowRef<LiveNotice | undefined>>;
  /** Whether the list of calls has been fetched. */
  readonly isLoaded: Readonly<ShallowRef<boolean>>;
  readonly clock: ServerClock;
  /**
   * The server's time that what is shown goes by. It stops some time after the last message, before a relay or a call
   * could seem lost for a connection that is dead without a word, as after a computer slept.
   */
  now(): number;
  start(): void;
  /** Keeps a call's words current until `closeCall`. */
  openCall(callId: string): void;
  closeCall(callId: string): void;
  /**
   * Fetches a call anew.
   * @throws {ApiError}
   */
  fetchCall(callId: string): Promise<void>;
  /** Applies alerts from an answer of the API. */
  receiveAlerts(alerts: readonly KnownAlert[]): void;
  /** Applies a request to join a call from an answer of the API. */
  receiveMonitor(monitor: Monitor): void;
  wake(): void;
  stop(): void;
}

export const liveKey: InjectionKey<Live> = Symbol('live');

export function useLive(): Live {
  const live = inject(liveKey);
  if (!live) throw new Error('No live data: provide liveKey at the root');
  return live;
}

export interface LiveDependencies extends Pick<
  LiveConnectionDependencies,
  'openSocket' | 'now' | 'random' | 'isOnline'
> {
  readonly api: ApiClient;
  onSignedOut(): void;
  /** The reader's role or restriction has changed: what the page shows may be too much or too little. */
  onAccessChanged(): void;
}

/** Overviews come in parts: the page is drawn anew once for all that come within this time. */
const GATHER_MS = 200;
const FORGET_EVERY_MS = 60_000;
const REFETCH_MS = 5000;
/** Longer than a connection that stands is silent, and shorter than what a relay may be. */
export const HELD_MS = 15_000;

export function createLive(dependencies: LiveDependencies, createConnection = createLiveConnection): Live {
  const { api, now } = dependencies;
  const board = shallowRef(emptyBoard);
  const partials = shallowRef(noPartials);
  const connection = shallowRef<ConnectionState>({ kind: 'connecting' });
  const receivedAt = shallowRef(now());
  const notice = shallowRef<LiveNotice>();
  const isLoaded = shallowRef(false);
  const shownAt = shallowRef<number>();
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
      if (connection.value.kind === 'live') shownAt.value = undefined;
      else if (shownAt.value !== undefined) shownAt.value = clock.now();
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
        // The board is read after the answer, not before: else all that was received meanwhile would be lost.
        const { alerts } = await page;
        board.value = applyAlerts(board.value, alerts);
      } catch (error) {
        report(error);
      }
    }
  }

  async function fetchCall(callId: string): Promise<void> {
    const askedAt = now();
    try {
      const detail = await api.call(callId);
      board.value = applyCallDetail(board.value, detail, askedAt);
    } catch (error) {
      report(error);
      throw error;
    }
  }

  /** The server's time when the last message came. */
  function receivedServerAt(): number {
    return clock.now() - (now() - receivedAt.value);
  }

  function report(error: unknown): void {
    if (error instanceof ApiError && error.kind === 'signed-out') dependencies.onSignedOut();
  }

  /** What changed while a topic was not subscribed is fetched; a failed fetch of a call is its page's to repeat. */
  function catchUp(topic: Topic): void {
    if (topic === 'overview') void fetchCalls();
    else if (topic === 'alerts') void fetchAlerts();
    else if (topic.startsWith('call:')) void fetchCall(topic.slice('call:'.length)).catch(() => undefined);
  }

  function receive(message: ServerMessage): void {
    receivedAt.value = now();
    if ('pushedAt' in message) clock.observe(message.pushedAt);
    if (message.type === 'subscribed') catchUp(message.topic);
    if (message.type === 'error' && message.code === ACCESS_CHANGED) dependencies.onAccessChanged();
    if (message.type === 'moved') forgetMoved(message.callIds);
    if (message.type === 'overview' || message.type === 'relays') {
      gathered.push({ message, at: receivedAt.value });
      gathering ??= setTimeout(applyGathered, GATHER_MS);
    } else if (message.type === 'partial') {
      const isOpen = board.value.transcripts.has(message.callId);
      if (isOpen) partials.value = withPartial(partials.value, message, clock.now());
    } else {
      board.value = applyMessage(board.value, message, receivedAt.value);
    }
  }

  /** What was gathered before must not bring a call back. */
  function forgetMoved(callIds: readonly string[]): void {
    clearTimeout(gathering);
    applyGathered();
    for (const callId of callIds) {
      socket.unsubscribe(`call:${callId}`);
      partials.value = withoutCall(partials.value, callId);
    }
  }

  function applyGathered(): void {
    gathering = undefined;
    board.value = gathered.splice(0).reduce((next, { message, at }) => applyMessage(next, message, at), board.value);
  }

  const socket = createConnection({
    ...dependencies,
    openTicket: () => api.ticket(),
    onState: (state) => {
      connection.value = state;
      // Nothing that is derived from the time may go on: it would blame others for what the page cannot know.
      if (isLoaded.value && (state.kind === 'reconnecting' || state.kind === 'offline')) {
        shownAt.value ??= receivedServerAt();
      }
    },
    onMessage: receive,
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
    receivedAt,
    shownAt,
    since: now(),
    notice,
    isLoaded,
    clock,
    now: () => shownAt.value ?? Math.min(clock.now(), receivedServerAt() + HELD_MS),
    start() {
      socket.subscribe('overview');
      socket.subscribe('alerts');
      socket.start();
      // The first screen need not wait for the connection.
      void fetchCalls();
      forgetting = setInterval(() => {
        if (shownAt.value === undefined) board.value = forgetOld(board.value, clock.now());
      }, FORGET_EVERY_MS);
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
    receiveAlerts(alerts) {
      board.value = applyAlerts(board.value, alerts);
    },
    receiveMonitor(monitor) {
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
