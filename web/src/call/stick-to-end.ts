import { nextTick, onMounted, onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';

/** So near to its end a reader counts as reading the newest line. */
const NEAR_PX = 48;

/**
 * Keeps a scrolling element at its end while the reader is there; a reader who scrolled up is left alone and told
 * how many lines came since.
 */
export function useStickToEnd(
  scroller: Ref<HTMLElement | null>,
  count: () => number,
): { unseen: Readonly<ShallowRef<number>>; toEnd: () => void; letGo: () => void } {
  const unseen = shallowRef(0);
  let isAtEnd = true;
  let lastTop = 0;

  function toEnd(): void {
    isAtEnd = true;
    unseen.value = 0;
    const element = scroller.value;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    // Its event comes later: a reader who moves before it moves from here.
    lastTop = element.scrollTop;
  }

  function onScroll(): void {
    const element = scroller.value;
    if (!element) return;
    const awayPx = element.scrollHeight - element.scrollTop - element.clientHeight;
    // A wheel moves in small steps: who has begun to scroll up must not be pulled back while still near.
    if (element.scrollTop < lastTop) isAtEnd = awayPx <= 1;
    else if (element.scrollTop > lastTop) isAtEnd = awayPx <= NEAR_PX;
    lastTop = element.scrollTop;
    if (isAtEnd) unseen.value = 0;
  }

  watch(count, async (next, before) => {
    await nextTick();
    if (isAtEnd) toEnd();
    else unseen.value += Math.max(0, next - before);
  });

  const resized = new ResizeObserver(() => {
    if (isAtEnd) toEnd();
  });
  onMounted(() => {
    scroller.value?.addEventListener('scroll', onScroll, { passive: true });
    const element = scroller.value;
    // What stands in it may grow without a new line: the words that are being said.
    for (const each of element ? [element, ...element.children] : []) resized.observe(each);
    toEnd();
  });
  onScopeDispose(() => {
    resized.disconnect();
  });

  return {
    unseen,
    toEnd,
    letGo: () => (isAtEnd = false),
  };
}
