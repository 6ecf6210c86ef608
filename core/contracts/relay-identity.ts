import { z } from 'zod';
import { isCallIdOf } from '../ids.ts';

/**
 * Who a relay is: the name in all its events, and the PBX whose calls it reports. IAM lets each relay's credentials
 * publish under one EventBridge source alone, which names both; so the source is what an event is believed to come from.
 */

/** Also a part of paths, policies and names of outputs. */
export const relayIdSchema = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'may have letters, digits and . - _');

/** The first part of the ids of its calls. */
export const pbxSchema = z.string().regex(/^[\w.:-]{1,64}$/, 'may have letters, digits and . : - _');

export const relayIdentitySchema = z.object({ relayId: relayIdSchema, pbx: pbxSchema });
export type RelayIdentity = z.infer<typeof relayIdentitySchema>;

/** What the EventBridge sources of all relays begin with. */
export const RELAY_SOURCE_PREFIX = 'earshot.relay/';

/** The EventBridge source of the cloud's own events. */
export const CORE_SOURCE = 'earshot.core';

/** The EventBridge source of a relay's events. */
export function relaySourceOf({ relayId, pbx }: RelayIdentity): string {
  return `${RELAY_SOURCE_PREFIX}${relayId}/${pbx}`;
}

/** The relay that may publish under a source; undefined for any other source. */
export function relayOfSource(source: string): RelayIdentity | undefined {
  if (!source.startsWith(RELAY_SOURCE_PREFIX)) return undefined;
  const [relayId, pbx, ...others] = source.slice(RELAY_SOURCE_PREFIX.length).split('/');
  return others.length > 0 ? undefined : relayIdentitySchema.safeParse({ relayId, pbx }).data;
}

/** What an event claims of its sender. */
export interface Claim {
  readonly type: string;
  readonly relayId: string;
  readonly pbx?: string | undefined;
  readonly callId?: string;
  readonly reason?: string;
}

/** An event that does not come from whom it names. It is counted and dropped: sending it again does not help. */
export class RefusedEventError extends Error {
  override readonly name = 'RefusedEventError';
  readonly retryable = false;
}

/**
 * The relay that an event comes from. Of the cloud's own events only the end of a lost call is folded, which names the
 * call's relay.
 * @throws RefusedEventError for an event of another source, or one that names another relay or PBX than its source
 */
export function requireSender(source: string, claim: Claim): RelayIdentity {
  const { relayId, pbx, callId } = claim;
  const isCloud = source === CORE_SOURCE && claim.type === 'CallEnded' && claim.reason === 'lost';
  if (isCloud && pbx !== undefined) return { relayId, pbx };
  const sender = relayOfSource(source);
  if (!sender) throw new RefusedEventError('no relay has this source');
  if (relayId !== sender.relayId) throw new RefusedEventError('names another relay');
  if (pbx !== undefined && pbx !== sender.pbx) throw new RefusedEventError('names another PBX');
  if (callId !== undefined && !isCallIdOf(sender.pbx, callId))
    throw new RefusedEventError('names a call of another PBX');
  return sender;
}
