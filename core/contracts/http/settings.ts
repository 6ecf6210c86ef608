import { z } from 'zod';
import { personSchema } from '../../people.ts';
import { settingsSchema } from '../../settings.ts';

/** `GET /settings` (admins); version 0 was never saved. */
export const storedSettingsSchema = settingsSchema.extend({
  version: z.int().nonnegative(),
  changedBy: personSchema.optional(),
  changedAt: z.int().nonnegative().optional(),
});
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

/** `PUT /settings` (admins): answers the settings as stored. 409 where another version than `version` is stored. */
export const settingsPutSchema = settingsSchema.extend({ version: z.int().nonnegative() });
export type SettingsPut = z.infer<typeof settingsPutSchema>;
