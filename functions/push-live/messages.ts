import type { ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Alert } from '#core/alert.ts';
import { maySee, visibleQueues } from '#core/access.ts';
import type { Restriction } from '#core/people.ts';
import type { CallSummary } from '#core/call/summary.ts';
import type { RelayReport } from '#core/contracts/events.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import type { OverviewBatch } from './backlog.ts';
import type { Digest } from './digest.ts';
import type { TopicFrames } from '../live-delivery/deliver.ts';
import { accessTo, type MetadataOf } from '../live-delivery/call-access.ts';
import { framesOf } from '../live-delivery/frame.ts';

/**
 * The frames that are pushed at once: to the viewers of each call its utterances, alerts and monitors, and to those of
 * the topic `alerts` the alerts.
 */
export function immediateFrames(
  { utterances, alerts, monitors }: Digest,
  pushedAt: number,
  metadataOf: MetadataOf,
): TopicFrames[] {
  const callIds = new Set([...utterances.keys(), ...alerts.keys(), ...monitors.keys()]);
  const ofCalls = [...callIds].map((callId): TopicFrames => {
    const rows: CallRow[] = [
      ...(utterances.get(callId) ?? []).map((utterance) => ({ utterance })),
      ...(alerts.get(callId) ?? []).map((alert) => ({ alert })),
      ...(monitors.get(callId) ?? []).map((monitor) => ({ monitor })),
    ];
    const frames = framesOf(rows, (some) => callMessages(some, { pushedAt, callId }));
    return {
      topic: `call:${callId}`,
      framesFor: () => Promise.resolve(frames),
      access: accessTo(callId, pushedAt, metadataOf),
    };
  });
  const all = [...alerts.values()].flat();
  const ofAlerts: TopicFrames = {
    topic: 'alerts',
    framesFor: async (restriction) =>
      framesOf(await visible(all, restriction, metadataOf), (some) => [
        { type: 'alerts', pushedAt, alerts: [...some] },
      ]),
  };
  return all.length > 0 ? [...ofCalls, ofAlerts] : ofCalls;
}

type CallRow = { utterance: ScoredUtterance } | { alert: Alert } | { monitor: Monitor };

function callMessages(rows: readonly CallRow[], head: { pushedAt: number; callId: string }): ServerMessage[] {
  const utterances = rows.flatMap((row) => ('utterance' in row ? [row.utterance] : []));
  const alerts = rows.flatMap((row) => ('alert' in row ? [row.alert] : []));
  const monitors = rows.flatMap((row) => ('monitor' in row ? [row.monitor] : []));
  return [
    ...(utterances.length + alerts.length > 0 ? [{ type: 'call' as const, ...head, utterances, alerts }] : []),
    ...monitors.map((monitor) => ({ type: 'monitor' as const, pushedAt: head.pushedAt, monitor })),
  ];
}

/** One frame of the overview. */
export function overviewFrames(
  { calls, reports, formerMetadata }: OverviewBatch,
  pushedAt: number,
  metadataOf: MetadataOf,
): TopicFrames {
  return {
    topic: 'overview',
    framesFor: async (restriction) => {
      const ownReports = await Promise.all(
        reports.map(async (report) => ({
          ...report,
          calls: await visible(report.calls, restriction, metadataOf),
          ...(report.queues && { queues: visibleQueues(restriction, report.queues) }),
        })),
      );
      const rows: OverviewRow[] = [
        ...ownReports.map((report) => ({ report })),
        ...calls.filter(({ metadata }) => maySee(restriction, metadata)).map((call) => ({ call })),
        ...(restriction ? calls.filter(hasMovedFrom(restriction, formerMetadata)).map((moved) => ({ moved })) : []),
      ];
      return framesOf(rows, (some) => overviewMessages(some, pushedAt));
    },
  };
}

type OverviewRow = { report: RelayReport } | { call: CallSummary } | { moved: CallSummary };

/** Calls that somebody could see before their last changes, and may not see now. */
const hasMovedFrom =
  (restriction: Restriction, formerMetadata: OverviewBatch['formerMetadata']) =>
  ({ callId, metadata }: CallSummary): boolean =>
    !maySee(restriction, metadata) && maySee(restriction, formerMetadata(callId) ?? {});

function overviewMessages(rows: readonly OverviewRow[], pushedAt: number): ServerMessage[] {
  const relays = rows.flatMap((row) => ('report' in row ? [row.report] : []));
  const calls = rows.flatMap((row) => ('call' in row ? [row.call] : []));
  const moved = rows.flatMap((row) => ('moved' in row ? [row.moved.callId] : []));
  return [
    ...(moved.length > 0 ? [{ type: 'moved' as const, pushedAt, callIds: moved }] : []),
    ...(relays.length > 0 ? [{ type: 'relays' as const, pushedAt, relays }] : []),
    ...(calls.length > 0 ? [{ type: 'overview' as const, pushedAt, calls }] : []),
  ];
}

async function visible<T extends { callId: string }>(
  some: readonly T[],
  restriction: Restriction | undefined,
  metadataOf: MetadataOf,
): Promise<T[]> {
  if (!restriction) return [...some];
  const known = await metadataOf([...new Set(some.map(({ callId }) => callId))]);
  return some.filter(({ callId }) => maySee(restriction, known.get(callId) ?? {}));
}
