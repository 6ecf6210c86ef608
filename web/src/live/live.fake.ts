import { shallowRef, type ShallowRef } from 'vue';
import { applyAlerts, applyMonitor, emptyBoard, type Board } from './board.ts';
import { STARTED_AT } from './example.ts';
import type { Live } from './live.ts';
import { noPartials } from './partials.ts';
import { createServerClock } from './server-clock.ts';

/** Live data that a test sets; what the page asked to be fetched or followed is kept in `asked`. */
export interface FakeLive extends Live {
  readonly board: ShallowRef<Board>;
  readonly isLoaded: ShallowRef<boolean>;
  readonly asked: string[];
}

export function fakeLive(board: Board = emptyBoard): FakeLive {
  const known = shallowRef(board);
  const asked: string[] = [];
  const ask =
    (what: string) =>
    (callId = ''): void => {
      asked.push(`${what} ${callId}`.trim());
    };
  return {
    board: known,
    partials: shallowRef(noPartials),
    connection: shallowRef({ kind: 'live' }),
    receivedAt: shallowRef(STARTED_AT),
    shownAt: shallowRef(undefined),
    since: STARTED_AT,
    notice: shallowRef(undefined),
    isLoaded: shallowRef(true),
    clock: createServerClock(() => STARTED_AT),
    now: () => STARTED_AT,
    asked,
    start: ask('start'),
    stop: ask('stop'),
    wake: ask('wake'),
    openCall: ask('open'),
    closeCall: ask('close'),
    fetchCall: (callId) => {
      ask('fetch')(callId);
      return Promise.resolve();
    },
    receiveAlerts: (alerts) => (known.value = applyAlerts(known.value, alerts)),
    receiveMonitor: (monitor) => (known.value = applyMonitor(known.value, monitor)),
  };
}
