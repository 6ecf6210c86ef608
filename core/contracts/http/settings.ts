import { z } from 'zod';
import { personSchema } from '../../people.ts';
import { settingsSchema } from '../../settings.ts';

/** `GET /settings` (admins); version 0 means never saved. */
export const storedSettingsSchema = settingsSchema.extend({
  version: z.int().nonnegative(),
  changedBy: personSchema.optional(),
  changedAt: z.int().nonnegative().optional(),
});
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

/** `PUT /settings` (admins): returns the settings as stored. 409 if the stored version is not `version`. */
export const settingsPutSchema = settingsSchema.extend({ version: z.int().nonnegative() });
export type SettingsPut = z.infer<typeof settingsPutSchema>;
