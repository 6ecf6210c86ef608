import type { CallState, ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Alert } from '#core/alert.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { Entity } from '../adapters/items.ts';

/** The changes in one batch of the stream; of calls and reports only the newest version. */
export interface Digest {
  readonly calls: Map<string, CallState>;
  readonly utterances: Map<string, ScoredUtterance[]>;
  readonly alerts: Map<string, Alert[]>;
  /** Requests to join a call. */
  readonly monitors: Map<string, Monitor[]>;
  readonly reports: Map<string, RelayReport>;
}

/** @param entities in the order they were written */
export function digestOf(entities: Iterable<Entity>): Digest {
  const digest: Digest = {
    calls: new Map(),
    utterances: new Map(),
    alerts: new Map(),
    monitors: new Map(),
    reports: new Map(),
  };
  for (const { kind, value } of entities) {
    if (kind === 'call') digest.calls.set(value.callId, value);
    else if (kind === 'report') digest.reports.set(`${value.relayId}#${value.part}`, value);
    else if (kind === 'utterance') append(digest.utterances, value.callId, value);
    else if (kind === 'alert') append(digest.alerts, value.callId, value);
    else if (kind === 'monitor') append(digest.monitors, value.callId, value);
  }
  return digest;
}

function append<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
