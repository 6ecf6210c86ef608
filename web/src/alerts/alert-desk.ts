import {
  computed,
  inject,
  onScopeDispose,
  provide,
  shallowRef,
  type ComputedRef,
  type InjectionKey,
  type ShallowRef,
} from 'vue';
import type { AlertPatch } from '#core/contracts/http/alerts.ts';
import type { Me } from '#core/contracts/http/me.ts';
import type { Alert, AlertState, Verdict } from '#core/alert.ts';
import type { ApiClient } from '../session/api-client.ts';
import { ApiError } from '../session/api-error.ts';
import { besides } from './alert-queue.ts';
import { alertMessages } from './messages.ts';
import { sessionMessages } from '../session/messages.ts';
import { alertKey, handlingVersion } from '../live/board.ts';
import type { Live } from '../live/live.ts';
import type { DeedKind } from './deed.ts';

/**
 * What a person can do about alerts. A failure is shown in `problem`; the alert then stays as it is, and what was asked
 * for in the meantime is not done.
 */
export interface AlertDesk {
  acknowledge(...alerts: Alert[]): Promise<void>;
  /**
   * Assigns the calls of these alerts to the signed-in person: with each alert those of its call that nobody else has.
   * Open ones are thereby acknowledged.
   */
  assignToMe(...alerts: Alert[]): Promise<void>;
  resolve(...alerts: Alert[]): Promise<void>;
  /** A false alarm is thereby resolved. The same verdict again withdraws it. */
  judge(alert: Alert, verdict: Verdict): Promise<void>;
  /** Whether the note was kept. */
  note(alert: Alert, text: string): Promise<boolean>;
  isBusy(alert: Alert): boolean;
  /** Whether it is assigned to the signed-in person. */
  readonly isMine: (alert: Alert) => boolean;
  /** Who acknowledged it, or resolved it, for a person to read. */
  handledBy(alert: Alert): string | undefined;
  readonly problem: ShallowRef<string>;
  /** What this person did last and can undo for a moment. */
  readonly lastDeed: ComputedRef<Deed | undefined>;
  /** Whether what this person did to it can still be undone. */
  readonly canUndo: (alert: Alert) => boolean;
  /** The state by which it has its place: what can still be undone moves nothing. */
  readonly heldState: (alert: Alert) => AlertState;
  /** Undoes what this person did to these, as far as it is still to be undone. */
  undo(...alerts: Alert[]): Promise<void>;
  /** Whether the page names what the keys act on: then they act on nothing else. */
  readonly isAimed: ComputedRef<boolean>;
  /** The alerts that the keys act on, the most pressing first. */
  readonly targets: ComputedRef<readonly Alert[]>;
  /** Names the alerts that the keys act on, for the length of a scope; the last to do so counts. */
  aim(alerts: () => readonly Alert[]): void;
}

/** How long what was done can be undone. */
export const UNDO_MS = 5_000;

export interface Deed {
  readonly kind: DeedKind;
  /** As they were before. */
  readonly befores: readonly Alert[];
  /** Whether any of it can be undone: an assignment of somebody else cannot be given back. */
  readonly isUndoable: boolean;
}

type KeptDeed = Pick<Deed, 'kind' | 'befores'> & { readonly id: symbol };

const key: InjectionKey<AlertDesk> = Symbol('alert desk');

type Change = Omit<AlertPatch, 'version'>;

export function provideAlertDesk(
  live: Pick<Live, 'board' | 'receiveAlerts' | 'fetchCall'>,
  api: Pick<ApiClient, 'changeAlert'>,
  me: () => Me | undefined,
): AlertDesk {
  const problem = shallowRef('');
  /** Of each alert that is being changed, the last change: whether it was kept. */
  const changes = shallowRef<ReadonlyMap<string, Promise<boolean>>>(new Map());
  const aims = shallowRef<readonly (() => readonly Alert[])[]>([]);
  /** In the order in which they were done. */
  const deeds = shallowRef<readonly KeptDeed[]>([]);
  const forgetting = new Map<symbol, ReturnType<typeof setTimeout>>();

  function forgetAlert(key: string): void {
    deeds.value = deeds.value
      .map((deed) => ({ ...deed, befores: deed.befores.filter((before) => alertKey(before) !== key) }))
      .filter(({ befores }) => befores.length > 0);
  }

  /** Adds to a deed what was done to one more alert. */
  function remember(id: symbol, kind: DeedKind, before: Alert): void {
    forgetAlert(alertKey(before));
    const isKnown = deeds.value.some((deed) => deed.id === id);
    deeds.value = isKnown
      ? deeds.value.map((deed) => (deed.id === id ? { ...deed, befores: [...deed.befores, before] } : deed))
      : [...deeds.value, { id, kind, befores: [before] }];
    clearTimeout(forgetting.get(id));
    forgetting.set(
      id,
      setTimeout(() => {
        forgetting.delete(id);
        deeds.value = deeds.value.filter((deed) => deed.id !== id);
      }, UNDO_MS),
    );
  }
  onScopeDispose(() => {
    for (const timer of forgetting.values()) clearTimeout(timer);
  });

  /** What was done to an alert, unless it cannot be undone or somebody has changed the alert since. */
  function undoable(alert: Alert): { kind: DeedKind; before: Alert } | undefined {
    const id = alertKey(alert);
    const deed = deeds.value.find(({ befores }) => befores.some((before) => alertKey(before) === id));
    const before = deed?.befores.find((other) => alertKey(other) === id);
    const now = live.board.value.alerts.get(id);
    if (!deed || !before || !now || handlingVersion(now) !== handlingVersion(before) + 1) return undefined;
    const wasOthers = deed.kind === 'taken' && before.handling?.assignee !== undefined;
    return wasOthers ? undefined : { kind: deed.kind, before };
  }

  async function act(kind: DeedKind, alerts: readonly Alert[], what: (alert: Alert) => Change): Promise<void> {
    const id = Symbol(kind);
    if (alerts.length === 0) problem.value = alertMessages.noneToActOn;
    await oneByOne(alerts, async (alert) => {
      let before = alert;
      const isDone = await change(alert, (current) => {
        before = current;
        return what(current);
      });
      if (isDone) remember(id, kind, before);
      return isDone;
    });
  }

  /** Those of one call after each other, for each changes the call's state; after a failure the rest of it is left. */
  async function oneByOne(alerts: readonly Alert[], change: (alert: Alert) => Promise<boolean>): Promise<void> {
    const calls = Map.groupBy(alerts, ({ callId }) => callId).values();
    await Promise.all(
      Array.from(calls, async (ofCall) => {
        for (const alert of ofCall) if (!(await change(alert))) return;
      }),
    );
  }

  /** Each alert, then those beside it that nobody has; what is resolved or mine stays as it is. */
  function toTake(alerts: readonly Alert[]): Alert[] {
    const others = alerts.flatMap((alert) => besides(live.board.value, alert));
    const free = others.filter(({ handling }) => handling?.assignee === undefined);
    const all = new Map([...alerts, ...free].map((alert) => [alertKey(alert), alert]));
    return [...all.values()].filter((alert) => alert.state !== 'resolved' && !desk.isMine(alert));
  }

  /** What is asked for while the alert is being changed waits, and then starts from what came of that. */
  async function change(alert: Alert, what: (alert: Alert) => Change): Promise<boolean> {
    const id = alertKey(alert);
    const before = changes.value.get(id) ?? Promise.resolve(true);
    const kept = before.then((isKept) => isKept && send(live.board.value.alerts.get(id) ?? alert, what));
    changes.value = new Map(changes.value).set(id, kept);
    await kept;
    if (changes.value.get(id) === kept) changes.value = new Map([...changes.value].filter(([other]) => other !== id));
    return kept;
  }

  async function send(alert: Alert, what: (alert: Alert) => Change): Promise<boolean> {
    problem.value = '';
    try {
      live.receiveAlerts([await api.changeAlert(alert, { version: handlingVersion(alert), ...what(alert) })]);
      return true;
    } catch (error) {
      problem.value = await explained(error, alert);
      return false;
    }
  }

  async function explained(error: unknown, { callId }: Alert): Promise<string> {
    if (!(error instanceof ApiError)) return sessionMessages.error.failed;
    if (error.status !== 409) return sessionMessages.error.of(error);
    // Somebody was quicker: show what they did.
    await live.fetchCall(callId).catch(() => undefined);
    return alertMessages.changedMeanwhile;
  }

  const desk: AlertDesk = {
    acknowledge: (...alerts) =>
      act(
        'acknowledged',
        alerts.filter(({ state }) => state === 'open'),
        () => ({ state: 'acknowledged' }),
      ),
    assignToMe: (...alerts) =>
      act('taken', toTake(alerts), ({ state }) => ({
        assignee: 'me',
        ...(state === 'open' && { state: 'acknowledged' }),
      })),
    resolve: (...alerts) =>
      act(
        'resolved',
        alerts.filter(({ state }) => state !== 'resolved'),
        () => ({ state: 'resolved' }),
      ),
    async judge(alert, verdict) {
      if (undoable(alert)?.kind === 'judged' && alert.handling?.verdict === verdict) await desk.undo(alert);
      else
        await act('judged', [alert], ({ state, handling }) => {
          if (handling?.verdict === verdict) return { verdict: null };
          return { verdict, ...(verdict === 'false-alarm' && state !== 'resolved' && { state: 'resolved' }) };
        });
    },
    note: (alert, text) => change(alert, () => ({ note: text.trim() || null })),
    isBusy: (alert) => changes.value.has(alertKey(alert)),
    isMine: ({ handling }) => handling?.assignee !== undefined && handling.assignee.sub === me()?.person.sub,
    handledBy({ state, handling }) {
      const deed = state === 'open' ? undefined : (handling?.resolved ?? handling?.acknowledged);
      return deed && alertMessages.handledBy(deed.by.name, deed.by.sub === me()?.person.sub);
    },
    problem,
    lastDeed: computed(() => {
      const deed = deeds.value.at(-1);
      return deed && { ...deed, isUndoable: deed.befores.some((before) => undoable(before) !== undefined) };
    }),
    canUndo: (alert) => undoable(alert) !== undefined,
    heldState: (alert) => undoable(alert)?.before.state ?? alert.state,
    undo: (...alerts) =>
      oneByOne(alerts, async (alert) => {
        const deed = undoable(alert);
        if (!deed) return true;
        forgetAlert(alertKey(alert));
        return change(deed.before, () => undoing(deed));
      }),
    isAimed: computed(() => aims.value.length > 0),
    targets: computed(() => aims.value.at(-1)?.() ?? []),
    aim(alerts) {
      aims.value = [...aims.value, alerts];
      onScopeDispose(() => {
        aims.value = aims.value.filter((other) => other !== alerts);
      });
    },
  };
  provide(key, desk);
  return desk;
}

function undoing({ kind, before: { state, handling } }: { kind: DeedKind; before: Alert }): Change {
  if (kind === 'judged') return { state, verdict: handling?.verdict ?? null };
  return kind === 'taken' ? { state, assignee: null } : { state };
}

export function useAlertDesk(): AlertDesk {
  const desk = inject(key);
  if (!desk) throw new Error('No desk: call provideAlertDesk at the root');
  return desk;
}
