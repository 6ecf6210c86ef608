import { z } from 'zod';
import { levelSchema } from './alert.ts';
import { extensionSchema } from './people.ts';
import { workingHoursSchema } from './working-hours.ts';

/** Telephones that one alert calls, at most. */
const MAX_RUNG = 5;

/** Whom an alert calls by telephone, and when. */
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

/** What admins set for all. */
export const settingsSchema = z.strictObject({
  /** For people whose telephone the user pool does not know (its attribute `custom:extension`). */
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
  /** Levels of alerts that call somebody; the others call nobody. */
  ring: z.partialRecord(levelSchema, ringSchema),
});
export type Settings = z.infer<typeof settingsSchema>;

/** What holds as long as nobody has set anything. */
export const noSettings: Settings = { extensions: [], ring: {} };
