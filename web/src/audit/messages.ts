import type { AuditKind } from '#core/audit.ts';

/** Words of the audit. */
export const auditMessages = {
  title: 'Audit',
  adminsOnly: 'Only admins see the audit. Ask one of them.',
  lead: 'Who changed what, who read or exported past calls, and who joined live ones. Rows are kept for 400 days; nobody can change them.',
  fields: { person: 'Person', kind: 'Kind', from: 'From', to: 'To', text: 'Text' },
  any: 'Any',
  kinds: {
    rules: 'Rules',
    settings: 'Settings',
    people: 'People',
    alerts: 'Alert handling',
    reading: 'Reading a past call',
    export: 'Export',
    joining: 'Joining a call',
    sides: 'Swapping the sides of a call',
    language: 'Correcting the language of a call',
    deletion: 'Deletion',
  } satisfies Record<AuditKind, string>,
  search: 'Search',
  reset: 'Reset',
  export: 'Export CSV',
  exporting: 'Making the file…',
  exported: 'The file is in your downloads.',
  exportCut: 'The file holds the newest 5,000 rows; narrow the days for the rest.',
  fileName: 'earshot-audit.csv',
  none: 'Nothing found. Without days, the last seven are searched.',
  more: 'Older rows',
  openCall: 'Open the call',
  columns: { at: 'When', by: 'Who', kind: 'Kind', what: 'What', sourceIp: 'From address' },
} as const;
