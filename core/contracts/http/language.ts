import { z } from 'zod';
import { canonicalTag } from '../../language.ts';

/** `PUT /calls/{callId}/language`: what is spoken on the call from now on; 202 once the relay knows. */
export const correctedLanguageSchema = z.strictObject({
  tag: z
    .string()
    .max(35)
    .refine((tag) => canonicalTag(tag) !== undefined, 'Give a language tag such as de-DE.')
    .overwrite((tag) => canonicalTag(tag) ?? tag),
});
