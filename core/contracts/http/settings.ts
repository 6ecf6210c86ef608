import { z } from 'zod';
import { utf8Bytes } from '../../kept.ts';
import { personSchema } from '../../people.ts';
import { settingsSchema } from '../../settings.ts';

/** `GET /settings` (admins); version 0 means never saved. */
export const storedSettingsSchema = settingsSchema.extend({
  version: z.int().nonnegative(),
  changedBy: personSchema.optional(),
  changedAt: z.int().nonnegative().optional(),
});
export type StoredSettings = z.infer<typeof storedSettingsSchema>;

/** Of the settings as JSON in UTF-8: the row holds little besides. */
const MAX_SETTINGS_BYTES = 48 * 1024;

/** `PUT /settings` (admins): returns the settings as stored. 409 if the stored version is not `version`. */
export const settingsPutSchema = settingsSchema
  .extend({ version: z.int().nonnegative() })
  .refine((settings) => utf8Bytes(JSON.stringify(settings)) <= MAX_SETTINGS_BYTES, {
    path: ['extensions'],
    message: 'These are too many extensions for one row: set those of some people in the user pool.',
  });
export type SettingsPut = z.infer<typeof settingsPutSchema>;
