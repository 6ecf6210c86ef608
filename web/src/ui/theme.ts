import { shallowRef, watchEffect, type ShallowRef } from 'vue';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const KEY = 'earshot.theme';

const theme = shallowRef<Theme>('system');

/** Applies the theme this browser chose last; call it before the page is drawn. */
export function startTheme(): void {
  const stored = localStorage.getItem(KEY);
  theme.value = themes.find((known) => known === stored) ?? 'system';
  watchEffect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme.value;
    localStorage.setItem(KEY, theme.value);
  });
}

export function useTheme(): ShallowRef<Theme> {
  return theme;
}
