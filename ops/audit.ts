import { randomUUID } from 'node:crypto';
import { auditRowOf, type AuditKind, type AuditNote } from '#core/audit.ts';
import { AuditTable } from '../functions/adapters/audit-table.ts';
import type { Table } from '../functions/adapters/table.ts';
import type { Deployment } from './deployment.ts';

/**
 * Finds out who runs a command, before it does anything, so that what cannot be noted is not done.
 * @returns what adds a row to the audit
 */
export async function openAudit(
  kind: AuditKind,
  table: Table,
  deployment: Deployment,
): Promise<(note: AuditNote) => Promise<void>> {
  const by = await deployment.operator();
  const audit = new AuditTable(table);
  return async (note) => audit.append(auditRowOf(note, { id: randomUUID(), at: Date.now(), kind, by }));
}
