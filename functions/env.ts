import { z } from 'zod';
import { recapConfigSchema } from './recap/models/registry.ts';
import { sentimentConfigSchema } from './adapters/sentiment.ts';

/** An optional variable: empty if the deployment does not use it. */
export const optionalText = z.string().transform((text) => (text === '' ? undefined : text));
/** A variable that holds JSON. */
export const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const variables = {
  /** The single table; see `core/table-layout.ts`. */
  TABLE_NAME: z.string().min(1),
  /** The user pool that people sign in to. */
  USER_POOL_ID: z.string().min(1),
  BUS_NAME: z.string().min(1),
  /** The queue for events that could not be published. */
  UNANNOUNCED_URL: z.url(),
  /** The deployment's name. */
  STAGE: z.string().min(1),
  /** How long calls, utterances and alerts are stored. */
  RETENTION_DAYS: z.coerce.number().int().positive(),
  /** Which engine scores utterances. */
  SENTIMENT: json(sentimentConfigSchema),
  /** How recaps of calls are written. */
  RECAP: json(recapConfigSchema),
  /** The page's address. */
  SITE_URL: z.url(),
  /** A reminder of a critical alert is sent if nobody has acknowledged it by then. */
  ESCALATE_AFTER_MINUTES: z.coerce.number().positive(),
  /** The queues and alarms that the sweep checks. */
  WATCH: json(z.object({ queues: z.array(z.object({ url: z.url(), what: z.string() })), alarmPrefix: z.string() })),
  /** The schedule group of reminders and summaries, and the function that sends them. */
  SCHEDULES: json(
    z.object({ groupName: z.string(), functionArn: z.string(), roleArn: z.string(), deadLetterArn: z.string() }),
  ),
  /** The address for posting messages to WebSocket connections. */
  CALLBACK_URL: z.url(),
  /** The address at which the page opens its WebSocket. */
  WEBSOCKET_URL: z.url(),
};
type Variables = { [N in keyof typeof variables]: z.infer<(typeof variables)[N]> };

/**
 * Parses environment variables of this function.
 * @throws ZodError naming each variable that is missing or malformed
 */
export function readEnv<N extends keyof Variables>(...names: N[]): Pick<Variables, N> {
  const wanted = z.object(Object.fromEntries(names.map((name) => [name, variables[name]])));
  return wanted.parse(process.env) as Pick<Variables, N>;
}

/**
 * Parses environment variables by a schema that a part of a function declares itself.
 * @throws ZodError naming each variable that is missing or malformed
 */
export function readSettings<S extends z.ZodObject>(settings: S): z.infer<S> {
  return settings.parse(process.env);
}
