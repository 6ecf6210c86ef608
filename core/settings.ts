import { z } from 'zod';
import { levelSchema } from './alert.ts';
import { noticeLimitsSchema, usualNoticeLimits } from './notice-limit.ts';
import { extensionSchema } from './people.ts';
import { workingHoursSchema } from './working-hours.ts';

/** Telephones that one alert rings, at most. */
const MAX_RUNG = 5;

/** Which telephones an alert rings, and when. */
export const ringSchema = z.strictObject({
  extensions: z
    .array(extensionSchema)
    .min(1, 'Give at least one extension to call.')
    .max(MAX_RUNG, `Give at most ${MAX_RUNG} extensions.`)
    .refine((extensions) => new Set(extensions).size === extensions.length, 'Name each extension once.'),
  hours: workingHoursSchema,
});
export type Ring = z.infer<typeof ringSchema>;

/** A person's own telephone. */
export const personExtensionSchema = z.strictObject({
  email: z.email('Give an e-mail address.').toLowerCase(),
  extension: extensionSchema,
});
export type PersonExtension = z.infer<typeof personExtensionSchema>;

/** The settings of the whole deployment, set by admins. */
export const settingsSchema = z.strictObject({
  /** Extensions of people who have none in the user pool (attribute `custom:extension`). */
  extensions: z
    .array(personExtensionSchema)
    .max(500)
    .superRefine((people, context) => {
      people.forEach(({ email }, index) => {
        if (people.findIndex((other) => other.email === email) < index) {
          context.addIssue({ code: 'custom', path: [index, 'email'], message: 'This person has an extension above.' });
        }
      });
    }),
  /** The levels at which alerts ring telephones. */
  ring: z.partialRecord(levelSchema, ringSchema),
  /** Settings of before 0.3 have none. */
  notices: noticeLimitsSchema.default(usualNoticeLimits),
});
export type Settings = z.infer<typeof settingsSchema>;

/** The settings before anybody saved any. */
export const noSettings: Settings = { extensions: [], ring: {}, notices: usualNoticeLimits };
