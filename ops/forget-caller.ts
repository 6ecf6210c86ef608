import { Command } from 'commander';
import { dataOfCaller, deleteRows } from '../functions/adapters/caller-data.ts';
import { openAudit } from './audit.ts';
import { UserError } from '../local/user-error.ts';
import { confirm } from './confirm.ts';
import {
  addCommonOptions,
  Deployment,
  type Dependencies,
  type DeploymentOptions,
  type OutputOptions,
} from './deployment.ts';

interface Options extends DeploymentOptions, OutputOptions {
  readonly table?: string;
  readonly unreadable: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export function forgetCallerCommand(dependencies: Dependencies): Command {
  return addCommonOptions(
    new Command('forget-caller')
      .description('delete all that is stored of a caller: calls, words, alerts, history')
      .argument('<numbers...>', 'every form of the number that Asterisk shows, such as +4930123456 004930123456')
      .option('--table <name>', 'the table, else that of the stage')
      .option('--unreadable', 'delete also the calls that cannot be read and do not show whose they are', false)
      .option('--dry-run', 'only say what would be deleted', false)
      .option('--yes', 'delete without asking', false),
  ).action(async (numbers: string[], options: Options) => {
    const deployment = new Deployment(options, dependencies);
    const table = await deployment.table(options.table);
    const { callIds, liveCallIds, keys, unreadableCallIds, unknownCallIds } = await dataOfCaller(table, numbers, {
      withUnknown: options.unreadable,
    });
    const isNothing = keys.length === 0;
    if (!options.json) {
      dependencies.print([`${callIds.length} calls, ${keys.length} rows`, ...callIds].join('\n  '));
      if (unreadableCallIds.length > 0) {
        dependencies.print(`${unreadableCallIds.length} of them cannot be read, and show the number all the same.`);
      }
      if (unknownCallIds.length > 0) dependencies.print(unknownCalls(unknownCallIds, options.unreadable));
    }
    if (liveCallIds.length > 0) {
      throw new UserError(
        `Nothing was deleted: these calls have not ended: ${liveCallIds.join(', ')}. Try again when they have.`,
      );
    }
    if (!options.dryRun && !isNothing) {
      await confirm(`Delete all of it from ${table.name} for good?`, options.yes, dependencies.terminal);
      const audit = await openAudit('deletion', table, deployment);
      await deleteRows(table, keys);
      await audit({ what: `Deleted all that was stored of a caller: ${callIds.length} calls, ${keys.length} rows.` });
    }
    const isDeleted = !options.dryRun && !isNothing;
    if (options.json) {
      dependencies.print(JSON.stringify({ callIds, rows: keys.length, unreadableCallIds, unknownCallIds, isDeleted }));
    } else dependencies.print(isDeleted ? 'Deleted.' : 'Nothing was deleted.');
  });
}

function unknownCalls(callIds: readonly string[], areIncluded: boolean): string {
  const what = `${callIds.length} ${areIncluded ? 'further ' : ''}calls cannot be read and do not show whose they are`;
  const how = areIncluded ? 'their rows are among these' : 'they stay; --unreadable deletes them too';
  return [`${what}; ${how}:`, ...callIds].join('\n  ');
}
