import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue';

const KEY = 'earshot.keys';

/** Speech input can set off single keys by accident, so a person can turn them off. */
const isEnabled = shallowRef(localStorage.getItem(KEY) !== 'off');
watch(isEnabled, (on) => {
  localStorage.setItem(KEY, on ? 'on' : 'off');
});

export function useKeysEnabled(): ShallowRef<boolean> {
  return isEnabled;
}

/** Whether a key press belongs to what has the focus: someone is typing, or an overlay is open. */
function isTaken({ key, target, ctrlKey, altKey, metaKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || defaultPrevented) return true;
  // Escape closes what lies on top, wherever the focus is: a hint that hovering opened too.
  if (key === 'Escape' && document.querySelector('[data-dismissable-layer]')) return true;
  return target instanceof Element && target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null;
}

/** Single-key commands for the length of a scope; a letter also counts in upper case. */
export function useKeys(commands: Readonly<Record<string, () => void>>): void {
  function onKeydown(event: KeyboardEvent): void {
    const isCharacter = event.key.length === 1;
    const command = commands[isCharacter ? event.key.toLowerCase() : event.key];
    if (!command || isTaken(event) || (isCharacter && !isEnabled.value)) return;
    event.preventDefault();
    command();
  }
  window.addEventListener('keydown', onKeydown);
  onScopeDispose(() => {
    window.removeEventListener('keydown', onKeydown);
  });
}
