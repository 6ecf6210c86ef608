import { watchEffect } from 'vue';
import { storedChoice } from './stored.ts';

export const themes = ['system', 'light', 'dark'] as const;

/** The theme that this browser shows. */
export const theme = storedChoice('earshot.theme', themes);

/** Applies the theme, now and whenever another is chosen; call it before the page is drawn. */
export function startTheme(): void {
  watchEffect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme.value;
  });
}
