import type { Level } from '#core/alert.ts';
import { settingsPutSchema, type SettingsPut, type StoredSettings } from '#core/contracts/http/settings.ts';
import type { Ring, Settings } from '#core/settings.ts';

/** The settings while they are edited; `version` is the one that was opened. */
export type SettingsDraft = Settings & { readonly version: number };

/** What is wrong with a draft, for a person: the field's path (`extensions.0.email`) and what to do about it. */
export interface SettingsProblem {
  readonly field: string;
  readonly message: string;
}

export function draftOf({ extensions, ring, notices, version }: StoredSettings): SettingsDraft {
  return { extensions, ring, notices, version };
}

/** The settings that a draft stands for, or what is wrong with it. */
export function checkedDraft(draft: SettingsDraft): { settings: SettingsPut } | { problems: SettingsProblem[] } {
  const parsed = settingsPutSchema.safeParse(draft);
  if (parsed.success) return { settings: parsed.data };
  return { problems: parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })) };
}

/** Whether two drafts are equal. */
export function isSame(a: SettingsDraft, b: SettingsDraft): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

/** The order in which levels were switched on does not matter. */
function sorted({ ring, ...others }: SettingsDraft) {
  return { ...others, ring: Object.entries(ring).sort(([a], [b]) => (a < b ? -1 : 1)) };
}

/** What a level begins with that shall ring: nobody yet, in the hours of an office. */
export function newRing(timeZone: string): Ring {
  return { extensions: [], hours: { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00', timeZone } };
}

/** A draft in which a level rings so, or rings nobody. */
export function withRing(draft: SettingsDraft, level: Level, ring: Ring | undefined): SettingsDraft {
  const { [level]: _, ...others } = draft.ring;
  return { ...draft, ring: ring ? { ...others, [level]: ring } : others };
}
