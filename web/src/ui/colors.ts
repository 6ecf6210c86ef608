import { usePreferredDark } from '@vueuse/core';
import { shallowRef, watch, type ShallowRef } from 'vue';
import { theme } from './theme.ts';

const tokens = {
  ground: '--ground',
  line: '--line',
  muted: '--muted',
  agent: '--agent',
  caller: '--caller',
  warning: '--level-warning',
  urgent: '--level-urgent',
  critical: '--level-critical',
} as const;

/** The theme's colours as a canvas needs them. */
export type Colors = Readonly<Record<keyof typeof tokens, string>>;

function read(): Colors {
  // A token's own value is an expression; only a property that uses it resolves it.
  const probe = document.body.appendChild(document.createElement('span'));
  const resolve = (token: string): string => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  const entries = Object.entries(tokens).map(([name, token]) => [name, resolve(token)]);
  probe.remove();
  return Object.fromEntries(entries) as Colors;
}

/** The colours of the theme in force, followed when it changes. */
export function useColors(): Readonly<ShallowRef<Colors>> {
  const colors = shallowRef(read());
  watch([theme, usePreferredDark()], () => (colors.value = read()), { flush: 'post' });
  return colors;
}
