import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { RelayIdentity } from '#core/contracts/relay-identity.ts';
import { relayListOf, relayListSchema } from '#core/contracts/relay-list.ts';
import { UserError } from '../local/user-error.ts';

const fileSchema = z.looseObject({ context: z.looseObject({ relays: z.string().optional() }).optional() });

/**
 * Adds a relay to the option `relays` in a `cdk.json`, or changes its PBX.
 * @returns whether the file changed
 * @throws {UserError} when its id or PBX cannot be distinguished from those of another
 */
export function addRelayTo(file: string, relay: RelayIdentity): boolean {
  const content = fileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const known = relayListSchema.parse(content.context?.relays);
  if (known.some(({ relayId, pbx }) => relayId === relay.relayId && pbx === relay.pbx)) return false;
  const isNew = known.every(({ relayId }) => relayId !== relay.relayId);
  const relays = isNew ? [...known, relay] : known.map((each) => (each.relayId === relay.relayId ? relay : each));
  const list = relayListOf(relays);
  const checked = relayListSchema.safeParse(list);
  if (!checked.success) throw new UserError(checked.error.issues.map(({ message }) => message).join(' '));
  const changed = { ...content, context: { ...content.context, relays: list } };
  writeFileSync(file, `${JSON.stringify(changed, null, 2)}\n`);
  return true;
}
