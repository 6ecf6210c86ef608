import { MAX_CALL_MS } from '../fields.ts';

/** Clocks of relays may differ from the bus's by so much. */
const CLOCK_TOLERANCE_MS = 15 * 60_000;

/** A spool or a dead-letter queue keeps an event no longer. */
const MAX_DELAY_MS = 15 * 24 * 3_600_000;

/** Utterances that a call may miss at once: more were never sent. */
export const MAX_SEQ_JUMP = 5_000;

/** An event says what cannot be of a call. Trying again does not help. */
export class ImplausibleEventError extends Error {
  override readonly name = 'ImplausibleEventError';
  readonly retryable = false;
}

/** The instants of an event, by field; epoch milliseconds. */
type Instants = Readonly<
  Partial<
    Record<
      | 'callStartedAt'
      | 'describedAt'
      | 'endedAt'
      | 'listedAt'
      | 'publishedAt'
      | 'spokenAt'
      | 'tickedAt'
      | 'transcribedAt',
      number
    >
  >
>;

const instantFields = [
  'callStartedAt',
  'describedAt',
  'endedAt',
  'listedAt',
  'publishedAt',
  'spokenAt',
  'tickedAt',
  'transcribedAt',
] as const satisfies readonly (keyof Instants)[];

/**
 * Holds an event's instants against the time at which the bus received it: none is later, none is older than an event
 * can be kept, and what happened on a call happened while it can have lasted.
 * @param receivedAt the event's own time on the bus, epoch ms
 * @throws ImplausibleEventError naming the field
 */
export function requirePlausible(event: Instants, receivedAt: number): void {
  for (const field of instantFields) {
    const at = event[field];
    if (at === undefined) continue;
    if (at > receivedAt + CLOCK_TOLERANCE_MS) throw implausible(field, at, 'lies after its event');
    const isOfCall = field === 'callStartedAt' ? MAX_CALL_MS : 0;
    if (at < receivedAt - MAX_DELAY_MS - isOfCall) throw implausible(field, at, 'lies too long before its event');
  }
  const { callStartedAt, spokenAt, endedAt } = event;
  if (callStartedAt === undefined) return;
  for (const [field, at] of [['spokenAt', spokenAt] as const, ['endedAt', endedAt] as const]) {
    if (at === undefined) continue;
    const sinceStartMs = at - callStartedAt;
    if (sinceStartMs < -CLOCK_TOLERANCE_MS || sinceStartMs > MAX_CALL_MS + CLOCK_TOLERANCE_MS) {
      throw implausible(field, at, 'does not lie within its call');
    }
  }
}

/**
 * Refuses a seq that no call reaches from where it is.
 * @throws ImplausibleEventError
 */
export function requireReachableSeq(seq: number, nextSeq: number): void {
  if (seq > nextSeq + MAX_SEQ_JUMP) throw new ImplausibleEventError(`The seq ${seq} is too far from ${nextSeq}.`);
}

function implausible(field: string, at: number, reason: string): ImplausibleEventError {
  return new ImplausibleEventError(`${field} (${at}) ${reason}.`);
}
