import { z } from 'zod';
import type { Change } from './changes.ts';
import { instantSchema } from './fields.ts';
import { callIdSchema } from './ids.ts';
import { personSchema } from './people.ts';
import { shortened } from './kept.ts';
import { plainLine } from './text/plain-line.ts';

/** What people do that leaves a row in the audit. */
export const auditKindSchema = z.enum([
  'rules',
  'settings',
  'people',
  'alerts',
  'reading',
  'export',
  'joining',
  'sides',
  'language',
  'deletion',
]);
export type AuditKind = z.infer<typeof auditKindSchema>;

/** How long a row is kept. */
export const AUDIT_DAYS = 400;

const WHAT_LENGTH = 300;
const VALUE_LENGTH = 300;
/** Of all changes together. */
const CHANGES_LENGTH = 6000;
const MAX_CHANGES = 60;

/** One thing that a person did: never what was said in a call, nor a telephone number. */
export const auditRowSchema = z.object({
  id: z.string().min(1).max(64),
  at: instantSchema,
  kind: auditKindSchema,
  /** From the person's token, or the credentials of a command: nobody can choose it. */
  by: personSchema,
  /** The address that the request came from. */
  sourceIp: z.string().max(64).optional(),
  /** In words. */
  what: z.string().max(WHAT_LENGTH),
  /** Each change: the field, what it was, and what it is. */
  changes: z.array(z.string().max(2 * VALUE_LENGTH + 100)).max(MAX_CHANGES),
  callId: callIdSchema.optional(),
});
export type AuditRow = z.infer<typeof auditRowSchema>;

/** What a route or a command notes; who, when and from where is added to it. */
export interface AuditNote {
  readonly what: string;
  readonly changes?: readonly Change[];
  readonly callId?: string;
}

/** A row of a note, within its bounds. */
export function auditRowOf(
  { what, changes = [], callId }: AuditNote,
  head: Pick<AuditRow, 'id' | 'at' | 'kind' | 'by'> & { readonly sourceIp?: string | undefined },
): AuditRow {
  const { sourceIp, ...others } = head;
  return {
    ...others,
    ...(sourceIp !== undefined && { sourceIp: plainLine(sourceIp, 64) }),
    what: plainLine(what, WHAT_LENGTH),
    changes: bounded(changes.map(sentenceOf)),
    ...(callId !== undefined && { callId }),
  };
}

/** What a search for words looks in, in lower case; it is stored with the row. */
export function auditWordsOf({ what, changes, callId = '' }: AuditRow): string {
  return shortened([what, ...changes, callId].join(' ').toLowerCase(), CHANGES_LENGTH + WHAT_LENGTH);
}

/** What a search for a person looks in, in lower case. */
export function auditPersonOf({ by }: Pick<AuditRow, 'by'>): string {
  return `${by.name} ${by.sub}`.toLowerCase();
}

function sentenceOf({ field, before, after }: Change): string {
  const [name, old, next] = [
    plainLine(field, 80),
    plainLine(before ?? '', VALUE_LENGTH),
    plainLine(after ?? '', VALUE_LENGTH),
  ];
  if (before === undefined && after === undefined) return `${name} changed`;
  return `${name}: ${before === undefined ? 'none' : old} → ${after === undefined ? 'none' : next}`;
}

function bounded(sentences: readonly string[]): string[] {
  const kept: string[] = [];
  let length = 0;
  for (const sentence of sentences) {
    length += sentence.length;
    if (length > CHANGES_LENGTH || kept.length === MAX_CHANGES - 1) {
      return [...kept, `and ${sentences.length - kept.length} more changes`];
    }
    kept.push(sentence);
  }
  return kept;
}
