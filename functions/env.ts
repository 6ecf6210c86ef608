import { z } from 'zod';

const variables = {
  /** The single table; see `adapters/items.ts`. */
  TABLE_NAME: z.string().min(1),
  BUS_NAME: z.string().min(1),
  /** The deployment's name. */
  STAGE: z.string().min(1),
  /** How long calls, utterances and alerts are kept. */
  RETENTION_DAYS: z.coerce.number().int().positive(),
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
