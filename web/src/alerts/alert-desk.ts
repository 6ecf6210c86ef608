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
import type { Alert, Verdict } from '#core/alert.ts';
import type { ApiClient } from '../session/api-client.ts';
import { ApiError } from '../session/api-error.ts';
import { alertMessages } from './messages.ts';
import { sessionMessages } from '../session/messages.ts';
import { alertKey, handlingVersion } from '../live/board.ts';
import type { Live } from '../live/live.ts';

/**
 * What a person can do about an alert. A failure is shown in `problem`; the alert then stays as it is, and what was asked
 * for in the meantime is not done.
 */
export interface AlertDesk {
  acknowledge(alert: Alert): Promise<void>;
  /** Assigns it to the signed-in person; an open one is thereby acknowledged. */
  assignToMe(alert: Alert): Promise<void>;
  resolve(alert: Alert): Promise<void>;
  /** The same verdict again withdraws it. */
  judge(alert: Alert, verdict: Verdict): Promise<void>;
  /** Whether the note was kept. */
  note(alert: Alert, text: string): Promise<boolean>;
  isBusy(alert: Alert): boolean;
  /** Whether it is assigned to the signed-in person. */
  isMine(alert: Alert): boolean;
  /** Who acknowledged it, or resolved it, for a person to read. */
  handledBy(alert: Alert): string | undefined;
  readonly problem: ShallowRef<string>;
  /** What this person did last and can undo for a moment. */
  readonly lastDeed: ComputedRef<Deed | undefined>;
  /** Whether what this person did to it can still be undone. */
  canUndo(alert: Alert): boolean;
  /** Undoes what this person did to it, if it is still to be undone. */
  undo(alert: Alert): Promise<void>;
  /** Whether the page names what the keys act on: then they act on nothing else. */
  readonly isAimed: ComputedRef<boolean>;
  /** The alert that the keys act on. */
  readonly target: ComputedRef<Alert | undefined>;
  /** Names the alert that the keys act on, for the length of a scope; the last to do so counts. */
  aim(alert: () => Alert | undefined): void;
}

/** How long what was done can be undone. */
export const UNDO_MS = 5_000;

/** What a person did to an alert. */
export type DeedKind = 'acknowledged' | 'taken' | 'resolved' | 'judged';

export interface Deed {
  readonly kind: DeedKind;
  /** As it was before. */
  readonly before: Alert;
  /** Whether it can be undone: an assignment of somebody else cannot be given back. */
  readonly isUndoable: boolean;
}

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
  const aims = shallowRef<readonly (() => Alert | undefined)[]>([]);
  /** By alert, in the order in which they were done. */
  const deeds = shallowRef<ReadonlyMap<string, Deed>>(new Map());
  const forgetting = new Map<string, ReturnType<typeof setTimeout>>();

  function forget(id: string): void {
    clearTimeout(forgetting.get(id));
    forgetting.delete(id);
    deeds.value = new Map([...deeds.value].filter(([other]) => other !== id));
  }

  function remember(kind: DeedKind, before: Alert): void {
    const id = alertKey(before);
    forget(id);
    const isUndoable = kind !== 'taken' || before.handling?.assignee === undefined;
    deeds.value = new Map(deeds.value).set(id, { kind, before, isUndoable });
    forgetting.set(
      id,
      setTimeout(() => {
        forget(id);
      }, UNDO_MS),
    );
  }
  onScopeDispose(() => {
    for (const timer of forgetting.values()) clearTimeout(timer);
  });

  /** What was done to it, unless it cannot be undone or somebody has changed the alert since. */
  function undoable(alert: Alert): Deed | undefined {
    const id = alertKey(alert);
    const [deed, now] = [deeds.value.get(id), live.board.value.alerts.get(id)];
    const isUnchanged = deed && now && handlingVersion(now) === handlingVersion(deed.before) + 1;
    return isUnchanged && deed.isUndoable ? deed : undefined;
  }

  async function act(kind: DeedKind, alert: Alert, what: (alert: Alert) => Change): Promise<void> {
    let before = alert;
    const isDone = await change(alert, (current) => {
      before = current;
      return what(current);
    });
    if (isDone) remember(kind, before);
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
    acknowledge: (alert) => act('acknowledged', alert, () => ({ state: 'acknowledged' })),
    assignToMe: (alert) =>
      act('taken', alert, ({ state }) => ({ assignee: 'me', ...(state === 'open' && { state: 'acknowledged' }) })),
    resolve: (alert) => act('resolved', alert, () => ({ state: 'resolved' })),
    judge: (alert, verdict) =>
      act('judged', alert, ({ handling }) => ({ verdict: handling?.verdict === verdict ? null : verdict })),
    note: (alert, text) => change(alert, () => ({ note: text.trim() || null })),
    isBusy: (alert) => changes.value.has(alertKey(alert)),
    isMine: ({ handling }) => handling?.assignee !== undefined && handling.assignee.sub === me()?.person.sub,
    handledBy({ state, handling }) {
      const deed = state === 'open' ? undefined : (handling?.resolved ?? handling?.acknowledged);
      return deed && alertMessages.handledBy(deed.by.name, deed.by.sub === me()?.person.sub);
    },
    problem,
    lastDeed: computed(() => {
      const deed = [...deeds.value.values()].at(-1);
      return deed && { ...deed, isUndoable: undoable(deed.before) !== undefined };
    }),
    canUndo: (alert) => undoable(alert) !== undefined,
    async undo(alert) {
      const deed = undoable(alert);
      if (!deed) return;
      forget(alertKey(alert));
      await change(deed.before, () => undoing(deed));
    },
    isAimed: computed(() => aims.value.length > 0),
    target: computed(() => aims.value.at(-1)?.()),
    aim(alert) {
      aims.value = [...aims.value, alert];
      onScopeDispose(() => {
        aims.value = aims.value.filter((other) => other !== alert);
      });
    },
  };
  provide(key, desk);
  return desk;
}

function undoing({ kind, before: { state, handling } }: Deed): Change {
  if (kind === 'judged') return { verdict: handling?.verdict ?? null };
  return kind === 'taken' ? { state, assignee: null } : { state };
}

export function useAlertDesk(): AlertDesk {
  const desk = inject(key);
  if (!desk) throw new Error('No desk: call provideAlertDesk at the root');
  return desk;
}
