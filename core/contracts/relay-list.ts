import { z } from 'zod';
import { relayIdentitySchema, type RelayIdentity } from './relay-identity.ts';

/** Policies and roles of one stack: CloudFormation has 200 outputs, two a relay. */
const MAX_RELAYS = 90;

/** All relays of a deployment as an operator writes them: `berlin-1@berlin,munich-1@munich`. */
export const relayListSchema = z
  .string()
  .default('')
  .transform((list) =>
    list
      .split(',')
      .map((relay) => relay.trim())
      .filter(Boolean)
      .map(parsedRelay),
  )
  .pipe(
    z
      .array(relayIdentitySchema)
      .max(MAX_RELAYS)
      .superRefine((relays, context) => {
        const clash = clashIn(relays);
        if (clash !== undefined) context.addIssue({ code: 'custom', message: clash });
      }),
  );

/** The list in the form that {@link relayListSchema} reads. */
export function relayListOf(relays: readonly RelayIdentity[]): string {
  return relays.map(({ relayId, pbx }) => `${relayId}@${pbx}`).join(',');
}

function parsedRelay(text: string): { relayId: string | undefined; pbx: string | undefined } {
  const [relayId, pbx, ...others] = text.split('@');
  return { relayId, pbx: others.length > 0 ? undefined : pbx };
}

/** What two relays of a list may not have in common. */
function clashIn(relays: readonly RelayIdentity[]): string | undefined {
  const plain = (relayId: string) => relayId.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
  for (const [index, { relayId, pbx }] of relays.entries()) {
    const twin = relays.slice(0, index).find((other) => plain(other.relayId) === plain(relayId));
    if (twin) return `${twin.relayId} and ${relayId} differ in letters and digits too little: rename one.`;
    // Else a call's id would not tell which of the two it is of.
    const shorter = relays.find((other) => pbx.startsWith(`${other.pbx}-`));
    if (shorter) return `The PBX ${pbx} begins with the name of the PBX ${shorter.pbx} and a hyphen: rename one.`;
  }
  return undefined;
}
