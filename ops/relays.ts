import { Command, InvalidArgumentError } from 'commander';
import { join } from 'node:path';
import type { z } from 'zod';
import { RELAY_SILENCE_MS, type RelayReport } from '#core/contracts/events.ts';
import { pbxSchema, relayIdSchema } from '#core/contracts/relay-identity.ts';
import { RelayTable } from '../functions/adapters/relay-table.ts';
import { projectFolder } from '../local/config.ts';
import { columns } from './columns.ts';
import {
  addCommonOptions,
  Deployment,
  type Dependencies,
  type DeploymentOptions,
  type OutputOptions,
} from './deployment.ts';
import { addRelayTo } from './relay-list-file.ts';

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
      .description('list the relays and what each last reported; add one')
      .enablePositionalOptions()
      .option('--table <name>', 'the table, else that of the stage')
      .addCommand(addCommand(dependencies)),
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

function addCommand(dependencies: Dependencies): Command {
  return addCommonOptions(
    new Command('add')
      .description('add a relay to the deployment’s options, and print the settings for its machine')
      .argument('<relay>', 'its id, such as berlin-1', checked(relayIdSchema))
      .requiredOption('--pbx <name>', 'the PBX whose calls it reports', checked(pbxSchema)),
  ).action(async (relayId: string, { pbx, ...options }: DeploymentOptions & OutputOptions & { pbx: string }) => {
    const deployment = new Deployment(options, dependencies);
    const settings = {
      EARSHOT_RELAY_ID: relayId,
      EARSHOT_PBX: pbx,
      EARSHOT_BUS_NAME: await deployment.busName(),
      EARSHOT_CONTROL_URL: await deployment.apiUrl(),
      AWS_REGION: await deployment.region(),
    };
    const isAdded = addRelayTo(dependencies.cdkFile ?? join(projectFolder, 'cdk.json'), { relayId, pbx });
    if (options.json) {
      dependencies.print(JSON.stringify({ isAdded, settings }));
      return;
    }
    dependencies.print(
      [
        ...(isAdded ? [`# ${relayId} is in cdk.json now: run "npm run deploy" before it starts.`] : []),
        `# Its AWS credentials need the policy in the output RelayPolicyArn${relayId.replace(/[^A-Za-z0-9]/g, '')} and nothing more; see docs/relay.md.`,
        ...Object.entries(settings).map(([name, value]) => `${name}=${value}`),
      ].join('\n'),
    );
  });
}

/** Parses an argument, or says what is wrong with it. */
function checked(schema: z.ZodType<string>) {
  return (value: string): string => {
    const { error } = schema.safeParse(value);
    if (error) throw new InvalidArgumentError(`${value} ${error.issues[0]?.message ?? 'is not valid'}.`);
    return value;
  };
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
