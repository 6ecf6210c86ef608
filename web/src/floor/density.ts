import { storedChoice } from '../ui/stored.ts';

export const densities = ['roomy', 'dense'] as const;
export type Density = (typeof densities)[number];

/** A row's height in the list: three lines, or one. */
export const rowHeights: Record<Density, number> = { roomy: 85, dense: 37 };

/** How much of a call a row of the list shows. */
export const density = storedChoice('earshot.density', densities);
