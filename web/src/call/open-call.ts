import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Alert } from '#core/alert.ts';
import { ApiError } from '../session/api-error.ts';
import { onReturn } from '../session/away.ts';
import { spokenBy } from '#core/call/sides.ts';
import { inSpokenOrder } from '#core/call/spoken-order.ts';
import { alertsOf, linesOf, missingSeqs, monitorsOf } from '../live/screen.ts';
import type { Live } from '../live/live.ts';

/** A call that is open on the page. */
export interface OpenCall {
  /** In the order in which they were spoken. */
  readonly lines: ComputedRef<ScoredUtterance[]>;
  readonly alerts: ComputedRef<Alert[]>;
  readonly monitors: ComputedRef<Monitor[]>;
  /** Seqs that exist and have not arrived. */
  readonly missing: ComputedRef<number[]>;
  /** Whether the missing ones are still being asked for. */
  readonly isFilling: Readonly<ShallowRef<boolean>>;
  readonly isFetched: ComputedRef<boolean>;
  readonly error: Readonly<ShallowRef<ApiError | undefined>>;
  retry: () => void;
}

/** A hole may be words that overtook others, so we wait a little; one that stays is a loss, and we stop asking. */
const FILL_AFTER_MS = [1000, 3000, 10_000];

/** Opens a call, follows `callId` to others, and closes it with the scope. */
export function useOpenCall(live: Live, callId: Ref<string>, fillAfterMs: readonly number[] = FILL_AFTER_MS): OpenCall {
  const error = shallowRef<ApiError>();
  const isFilling = shallowRef(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const stored = computed(() => linesOf(live.board.value, callId.value));
  const metadata = computed(() => live.board.value.calls.get(callId.value)?.summary.metadata ?? {});
  const lines = computed(() =>
    inSpokenOrder(stored.value).map((line) => {
      const channel = spokenBy(line, metadata.value);
      return channel === line.channel ? line : { ...line, channel };
    }),
  );
  const lastSeq = computed(() => live.board.value.calls.get(callId.value)?.summary.lastUtterance?.seq ?? 0);
  const missing = computed(() => missingSeqs(stored.value, lastSeq.value));
  const isFetched = computed(() => live.board.value.transcripts.get(callId.value)?.isFetched ?? false);

  async function load(): Promise<void> {
    const wanted = callId.value;
    try {
      await live.fetchCall(wanted);
      if (wanted === callId.value) error.value = undefined;
    } catch (cause) {
      if (wanted === callId.value)
        error.value = cause instanceof ApiError ? cause : new ApiError('failed', '', { cause });
    }
  }

  function fill(attempt: number): void {
    clearTimeout(timer);
    const waitMs = fillAfterMs[attempt];
    isFilling.value = waitMs !== undefined && (missing.value.length > 0 || error.value?.retryable === true);
    if (isFilling.value)
      timer = setTimeout(
        () =>
          void load().then(() => {
            fill(attempt + 1);
          }),
        waitMs,
      );
  }

  watch(
    callId,
    (id, before) => {
      if (before !== undefined) live.closeCall(before);
      error.value = undefined;
      live.openCall(id);
      void load();
    },
    { immediate: true },
  );
  watch([() => missing.value.join(), () => error.value?.retryable], () => {
    fill(0);
  });

  onReturn(() => {
    if (error.value) void load();
  });
  onScopeDispose(() => {
    clearTimeout(timer);
    live.closeCall(callId.value);
  });

  return {
    lines,
    alerts: computed(() => alertsOf(live.board.value, callId.value)),
    monitors: computed(() => monitorsOf(live.board.value, callId.value)),
    missing,
    isFilling,
    isFetched,
    error,
    retry: () => void load(),
  };
}
