import { Command } from 'commander';
import { RELAY_SILENCE_MS, type RelayReport } from '#core/contracts/events.ts';
import { RelayTable } from '../functions/adapters/relay-table.ts';
import { columns } from './columns.ts';
import {
  addCommonOptions,
  Deployment,
  type Dependencies,
  type DeploymentOptions,
  type OutputOptions,
} from './deployment.ts';

interface Options extends DeploymentOptions, OutputOptions {
  readonly table?: string;
}

/** A relay as its last report shows it. */
export interface RelayLine {
  readonly relayId: string;
  readonly reportedAt: number;
  /** It has not reported for so long that its calls are shown as lost. */
  readonly isSilent: boolean;
  readonly calls: number;
  /** Events that wait in its spool. */
  readonly spooledEvents: number;
  /** Holes in the audio of these calls. */
  readonly gaps: number;
  readonly engines: readonly string[];
}

export function relaysCommand(dependencies: Dependencies): Command {
  return addCommonOptions(
    new Command('relays')
      .description('list the relays and what each last reported')
      .option('--table <name>', 'the table, else that of the stage'),
  ).action(async (options: Options) => {
    const table = await new Deployment(options, dependencies).table(options.table);
    const now = Date.now();
    const relays = relayLines(await new RelayTable(table).all(), now);
    if (options.json) dependencies.print(JSON.stringify(relays));
    else if (relays.length === 0) dependencies.print('No relay has reported yet.');
    else
      dependencies.print(
        columns(
          ['RELAY', 'LAST REPORT', 'STATE', 'CALLS', 'SPOOLED', 'GAPS', 'ENGINES'],
          relays.map(({ relayId, reportedAt, isSilent, calls, spooledEvents, gaps, engines }) => [
            relayId,
            `${Math.max(0, Math.round((now - reportedAt) / 1000))} s ago`,
            isSilent ? 'silent' : 'reporting',
            String(calls),
            String(spooledEvents),
            String(gaps),
            engines.join(', '),
          ]),
        ),
      );
  });
}

/** One line for each relay, from the parts of its last report. */
export function relayLines(reports: readonly RelayReport[], now: number): RelayLine[] {
  return [...new Set(reports.map(({ relayId }) => relayId))].sort().map((relayId) => {
    const parts = reports.filter((report) => report.relayId === relayId);
    const reportedAt = Math.max(...parts.map(({ tickedAt }) => tickedAt));
    const calls = parts.flatMap((part) => part.calls);
    const legs = calls.flatMap((call) => call.legs);
    return {
      relayId,
      reportedAt,
      isSilent: now - reportedAt > RELAY_SILENCE_MS,
      calls: calls.length,
      spooledEvents: Math.max(...parts.map(({ spooledEvents }) => spooledEvents)),
      gaps: legs.reduce((sum, { gapCount }) => sum + gapCount, 0),
      engines: [...new Set(legs.map(({ engine }) => engine))].sort(),
    };
  });
}
