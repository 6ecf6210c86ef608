import { useTimeoutFn } from '@vueuse/core';
import { shallowRef, type ShallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { callMessages } from './messages.ts';

const NOTE_SHOWN_MS = 4_000;

/** Copies links to moments of calls, and says so for a while. */
export function useMomentLink(): {
  readonly note: Readonly<ShallowRef<string>>;
  /** @param at as addresses have it; without it the link leads to the call */
  copy: (callId: string, at: string | undefined) => Promise<void>;
} {
  const router = useRouter();
  const note = shallowRef('');
  const { start } = useTimeoutFn(() => (note.value = ''), NOTE_SHOWN_MS, { immediate: false });

  return {
    note,
    async copy(callId, at) {
      const { href } = router.resolve({ name: 'call', params: { callId }, query: at === undefined ? {} : { at } });
      try {
        await navigator.clipboard.writeText(new URL(href, location.href).href);
        note.value = callMessages.export.linkCopied(at);
      } catch {
        note.value = callMessages.export.notCopied;
      }
      start();
    },
  };
}
