import type { HistoryState, RouteLocationRaw } from 'vue-router';

const KEY = 'earshotList';

/** What the browser keeps with the address of a call that is opened from a list. */
export function stateOf(listPath: string): HistoryState {
  return { [KEY]: listPath };
}

/** Where closing a call leads: to the list that it was opened from, with its search, else to the live calls. */
export function wayBack(state: unknown): RouteLocationRaw {
  const path: unknown = typeof state === 'object' && state !== null ? Reflect.get(state, KEY) : undefined;
  return typeof path === 'string' && path.startsWith('/') ? path : { name: 'live' };
}
