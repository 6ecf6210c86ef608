import type { ShallowRef } from 'vue';
import { stored } from '../ui/stored.ts';

export const densities = ['roomy', 'dense'] as const;
export type Density = (typeof densities)[number];

/** A row's height in the list: three lines, or one. */
export const rowHeights: Record<Density, number> = { roomy: 85, dense: 37 };

const density = stored<Density>('earshot.density', densities);

/** How much of a call a row of the list shows. */
export function useDensity(): ShallowRef<Density> {
  return density;
}
