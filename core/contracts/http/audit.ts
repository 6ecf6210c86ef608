import { z } from 'zod';
import { auditKindSchema, auditRowSchema } from '../../audit.ts';
import { cursorSchema, daySchema, pageSizeSchema } from './fields.ts';

const filterSchema = z.string().trim().min(1).max(128);

/** Filters over the audit, combined with AND; by default over the last seven days. */
const auditFilters = {
  /** A part of a person's name or id. */
  person: filterSchema.optional(),
  kind: auditKindSchema.optional(),
  from: daySchema.optional(),
  to: daySchema.optional(),
  /** A part of what was done, in any case. */
  text: filterSchema.optional(),
};

/** `GET /audit` (admins): newest first. */
export const auditQuerySchema = z.object({
  ...auditFilters,
  limit: pageSizeSchema(200, 50),
  cursor: cursorSchema.optional(),
});
export type AuditQuery = z.input<typeof auditQuerySchema>;

export const auditPageSchema = z.object({
  rows: z.array(auditRowSchema),
  /** More rows may follow even where a page holds fewer than `limit`, or none. */
  cursor: cursorSchema.optional(),
});
export type AuditPage = z.infer<typeof auditPageSchema>;

/** `GET /audit/export` (admins): the same rows as CSV, at most `AUDIT_EXPORT_LIMIT`; `x-next-cursor` where more follow. */
export const auditExportQuerySchema = z.object({ ...auditFilters, cursor: cursorSchema.optional() });
export type AuditExportQuery = z.input<typeof auditExportQuerySchema>;
export const AUDIT_EXPORT_LIMIT = 5000;

/** `POST /calls/{callId}/downloads`: 204; notes that the person downloads, copies or prints the transcript. */
export const downloadSchema = z.strictObject({ format: z.enum(['copy', 'print', 'txt', 'json', 'csv', 'srt', 'vtt']) });
export type Download = z.infer<typeof downloadSchema>;
