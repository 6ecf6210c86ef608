import { z } from 'zod';
import { sentimentConfigSchema } from './adapters/sentiment.ts';

/** A variable that is set to nothing where a deployment does without. */
export const optionalText = z.string().transform((text) => (text === '' ? undefined : text));
/** A variable that holds JSON of a shape. */
export const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const variables = {
  /** The single table; see `core/table-layout.ts`. */
  TABLE_NAME: z.string().min(1),
  BUS_NAME: z.string().min(1),
  /** The queue for what the bus did not take. */
  UNANNOUNCED_URL: z.url(),
  /** The deployment's name. */
  STAGE: z.string().min(1),
  /** How long calls, utterances and alerts are kept. */
  RETENTION_DAYS: z.coerce.number().int().positive(),
  /** Which engine scores utterances. */
  SENTIMENT: json(sentimentConfigSchema),
  /** Where the page is. */
  SITE_URL: z.url(),
  /** People are reminded of a critical alert that nobody has acknowledged by then. */
  ESCALATE_AFTER_MINUTES: z.coerce.number().positive(),
  /** What the sweep looks at when it looks at the pipeline. */
  WATCH: json(z.object({ queues: z.array(z.object({ url: z.url(), what: z.string() })), alarmPrefix: z.string() })),
  /** Where reminders are scheduled, and what runs them. */
  REMINDERS: json(
    z.object({ groupName: z.string(), functionArn: z.string(), roleArn: z.string(), deadLetterArn: z.string() }),
  ),
  /** Where messages to WebSocket connections are posted. */
  CALLBACK_URL: z.url(),
  /** Where the page opens its WebSocket. */
  WEBSOCKET_URL: z.url(),
};
type Variables = { [N in keyof typeof variables]: z.infer<(typeof variables)[N]> };

/**
 * The named environment variables of this function, parsed.
 * @throws ZodError naming each variable that is missing or malformed
 */
export function readEnv<N extends keyof Variables>(...names: N[]): Pick<Variables, N> {
  const wanted = z.object(Object.fromEntries(names.map((name) => [name, variables[name]])));
  return wanted.parse(process.env) as Pick<Variables, N>;
}

/**
 * Environment variables that a part of a function describes itself, parsed.
 * @throws ZodError naming each variable that is missing or malformed
 */
export function readSettings<S extends z.ZodObject>(settings: S): z.infer<S> {
  return settings.parse(process.env);
}
