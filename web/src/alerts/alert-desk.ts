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
  /** The alert that the keys act on. */
  readonly target: ComputedRef<Alert | undefined>;
  /** Names the alert that the keys act on, for the length of a scope; the last to do so counts. */
  aim(alert: () => Alert | undefined): void;
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
    async acknowledge(alert) {
      await change(alert, () => ({ state: 'acknowledged' }));
    },
    async assignToMe(alert) {
      const assignee = me()?.person;
      if (!assignee) problem.value = alertMessages.whoUnknown;
      else await change(alert, ({ state }) => ({ assignee, ...(state === 'open' ? { state: 'acknowledged' } : {}) }));
    },
    async resolve(alert) {
      await change(alert, () => ({ state: 'resolved' }));
    },
    async judge(alert, verdict) {
      await change(alert, ({ handling }) => ({ verdict: handling?.verdict === verdict ? null : verdict }));
    },
    note: (alert, text) => change(alert, () => ({ note: text.trim() || null })),
    isBusy: (alert) => changes.value.has(alertKey(alert)),
    isMine: ({ handling }) => handling?.assignee !== undefined && handling.assignee.sub === me()?.person.sub,
    handledBy({ state, handling }) {
      const deed = state === 'open' ? undefined : (handling?.resolved ?? handling?.acknowledged);
      return deed && alertMessages.handledBy(deed.by.name, deed.by.sub === me()?.person.sub);
    },
    problem,
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

export function useAlertDesk(): AlertDesk {
  const desk = inject(key);
  if (!desk) throw new Error('No desk: call provideAlertDesk at the root');
  return desk;
}
