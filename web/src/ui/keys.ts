import { useEventListener } from '@vueuse/core';
import { storedSwitch } from './stored.ts';

/** Speech input can set off single keys by accident, so a person can turn them off. */
export const areKeysEnabled = storedSwitch('earshot.keys', true);

/** Whether a key press belongs to what has the focus: someone is typing, or an overlay is open. */
function isTaken({ key, target, ctrlKey, altKey, metaKey, defaultPrevented }: KeyboardEvent): boolean {
  if (ctrlKey || altKey || metaKey || defaultPrevented) return true;
  // Escape closes what lies on top, wherever the focus is: a hint that hovering opened too.
  if (key === 'Escape' && document.querySelector('[data-dismissable-layer]')) return true;
  return target instanceof Element && target.closest('input, textarea, select, [role=dialog], [role=menu]') !== null;
}

/** Single-key commands for the length of a scope; a letter also counts in upper case. */
export function useKeys(commands: Readonly<Record<string, () => void>>): void {
  useEventListener(window, 'keydown', (event) => {
    const isCharacter = event.key.length === 1;
    const command = commands[isCharacter ? event.key.toLowerCase() : event.key];
    if (!command || isTaken(event) || (isCharacter && !areKeysEnabled.value)) return;
    event.preventDefault();
    command();
  });
}
