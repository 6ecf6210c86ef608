import type { AgentListTable } from '../adapters/agent-list-table.ts';
import type { AlertTable } from '../adapters/alert-table.ts';
import type { AuditTable } from '../adapters/audit-table.ts';
import type { CallerTable } from '../adapters/caller-table.ts';
import type { CallTable } from '../adapters/call-table.ts';
import type { RelayCommand } from '#core/contracts/control.ts';
import type { CloudVersion } from '#core/contracts/version.ts';
import type { HeldNoticeTable } from '../adapters/held-notice-table.ts';
import type { HistoryTable } from '../adapters/history-table.ts';
import type { Monitors } from '../adapters/monitors.ts';
import type { People } from '../adapters/people.ts';
import type { PipelineTable } from '../adapters/pipeline-table.ts';
import type { RecapTable } from '../adapters/recap-table.ts';
import type { LanguageModel } from '../recap/models/model.ts';
import type { RelayTable } from '../adapters/relay-table.ts';
import type { RuleTable } from '../adapters/rule-table.ts';
import type { SettingsTable } from '../adapters/settings-table.ts';
import type { Tickets } from '../adapters/tickets.ts';
import type { Delivery } from '../adapters/web-socket.ts';

/** What the API depends on. */
export interface ApiDependencies {
  readonly calls: Pick<
    CallTable,
    'active' | 'activeAfter' | 'detail' | 'detailAfter' | 'states' | 'load' | 'save' | 'newestUtterances'
  >;
  readonly alerts: Pick<AlertTable, 'load' | 'list' | 'ofDay'>;
  readonly history: Pick<HistoryTable, 'search' | 'ofDay'>;
  readonly rules: Pick<RuleTable, 'stored' | 'versions' | 'put' | 'delete'>;
  readonly relays: Pick<RelayTable, 'all'>;
  readonly agentLists: Pick<AgentListTable, 'all'>;
  readonly pipeline: Pick<PipelineTable, 'load'>;
  /** Which access people have now, whatever their tokens say. */
  readonly people: Pick<People, 'newest'>;
  readonly tickets: Pick<Tickets, 'issue'>;
  readonly callers: Pick<CallerTable, 'before'>;
  readonly recaps: Pick<RecapTable, 'load' | 'putCatchUp'>;
  /** The language model that writes catch-ups; undefined where they are extracted. */
  readonly model: () => Promise<LanguageModel | undefined>;
  readonly monitors: Pick<Monitors, 'put' | 'ofCall' | 'settle'>;
  readonly settings: Pick<SettingsTable, 'load' | 'put' | 'noticeLimits'>;
  readonly audit: Pick<AuditTable, 'append' | 'search'>;
  readonly heldNotices: Pick<HeldNoticeTable, 'of'>;
  /** Sends a command to a relay; `gone` if it has no connection. */
  readonly sendToRelay: (relayId: string, command: RelayCommand) => Promise<Delivery>;
  readonly stage: string;
  readonly cloud: CloudVersion;
  readonly webSocketUrl: string;
  readonly now: () => number;
  /** Waits before the n-th retry (from 1) after a version conflict. */
  readonly pause: (attempt: number) => Promise<void>;
  /** An unguessable secret. */
  readonly newTicket: () => string;
  /** A UUID. */
  readonly newRequestId: () => string;
  readonly onError: (error: unknown) => void;
}
