import { Command } from 'commander';
import { dataOfCaller, deleteRows } from '../functions/adapters/caller-data.ts';
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
  readonly dryRun: boolean;
  readonly yes: boolean;
}

export function forgetCallerCommand(dependencies: Dependencies): Command {
  return addCommonOptions(
    new Command('forget-caller')
      .description('delete all that is stored of a caller: calls, words, alerts, history')
      .argument('<numbers...>', 'every form of the number that Asterisk shows, such as +4930123456 004930123456')
      .option('--table <name>', 'the table, else that of the stage')
      .option('--dry-run', 'only say what would be deleted', false)
      .option('--yes', 'delete without asking', false),
  ).action(async (numbers: string[], options: Options) => {
    const table = await new Deployment(options, dependencies).table(options.table);
    const { callIds, liveCallIds, keys } = await dataOfCaller(table, numbers);
    const isNothing = keys.length === 0;
    if (!options.json) {
      dependencies.print([`${callIds.length} calls, ${keys.length} rows`, ...callIds].join('\n  '));
    }
    if (liveCallIds.length > 0) {
      throw new UserError(
        `Nothing was deleted: these calls have not ended: ${liveCallIds.join(', ')}. Try again when they have.`,
      );
    }
    if (!options.dryRun && !isNothing) {
      await confirm(`Delete all of it from ${table.name} for good?`, options.yes, dependencies.terminal);
      await deleteRows(table, keys);
    }
    const isDeleted = !options.dryRun && !isNothing;
    if (options.json) dependencies.print(JSON.stringify({ callIds, rows: keys.length, isDeleted }));
    else dependencies.print(isDeleted ? 'Deleted.' : 'Nothing was deleted.');
  });
}
