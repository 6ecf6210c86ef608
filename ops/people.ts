import { Command, InvalidArgumentError, Option } from 'commander';
import { z } from 'zod';
import { extensionSchema, roleSchema, type Role } from '#core/people.ts';
import { UserError } from '../local/user-error.ts';
import type { AuditNote } from '#core/audit.ts';
import { changesBetween } from '#core/changes.ts';
import { openAudit } from './audit.ts';
import { columns } from './columns.ts';
import { confirm } from './confirm.ts';
import {
  addCommonOptions,
  Deployment,
  type Dependencies,
  type DeploymentOptions,
  type OutputOptions,
} from './deployment.ts';
import { UserPool, type AccountAttributes } from './user-pool.ts';

interface Options extends DeploymentOptions, OutputOptions {
  readonly userPool?: string;
  readonly table?: string;
}

interface SetOptions extends Options, AccountAttributes {
  readonly role?: Role;
}

export function peopleCommand(dependencies: Dependencies): Command {
  return new Command('people')
    .description('list, invite and change who may sign in')
    .addCommand(listCommand(dependencies))
    .addCommand(inviteCommand(dependencies))
    .addCommand(setCommand(dependencies))
    .addCommand(disableCommand(dependencies))
    .addCommand(enableCommand(dependencies));
}

function listCommand(dependencies: Dependencies): Command {
  return addPoolOptions(new Command('list').description('everybody, with role and what they may see')).action(
    async (options: Options) => {
      const accounts = await (await poolOf(options, dependencies)).list();
      if (options.json) dependencies.print(JSON.stringify(accounts));
      else if (accounts.length === 0) dependencies.print('Nobody yet. Invite the first: earshot people invite …');
      else
        dependencies.print(
          columns(
            ['E-MAIL', 'ROLE', 'STATUS', 'CAMPAIGNS', 'TEAMS', 'EXTENSION'],
            accounts.map(({ email, role, status, isEnabled, campaigns, teams, extension }) => [
              email,
              role ?? 'none',
              isEnabled ? status.toLowerCase().replaceAll('_', ' ') : 'disabled',
              campaigns ?? (teams === undefined ? 'all' : ''),
              teams ?? '',
              extension ?? '',
            ]),
          ),
        );
    },
  );
}

function inviteCommand(dependencies: Dependencies): Command {
  return addAttributeOptions(
    addPoolOptions(
      new Command('invite')
        .description('create an account; a temporary password goes to the address by e-mail')
        .argument('<email>', 'their address, which they sign in with', parseEmail)
        .addOption(roleOption('what they may do').default('supervisor'))
        .option('--resend', 'send the invitation of an account that is there already once more', false),
    ),
  ).action(async (email: string, options: SetOptions & { role: Role; resend: boolean }) => {
    const { pool, audit } = await auditedPool(options, dependencies);
    const { role } = options;
    if (options.resend) await pool.resend(email);
    else await pool.invite(email, role, attributesIn(options));
    await audit(
      options.resend
        ? { what: `Sent the invitation of ${email} again.` }
        : {
            what: `Invited ${email}.`,
            changes: changesBetween(undefined, { role, ...attributesIn(options) }, isNumber),
          },
    );
    report(
      dependencies,
      options,
      { email, isInvited: true },
      `${email} is invited: the password they get is good for three days.`,
    );
  });
}

function setCommand(dependencies: Dependencies): Command {
  return addAttributeOptions(
    addPoolOptions(
      new Command('set')
        .description('change role, restriction or telephone; role and restriction count within a minute')
        .argument('<email>', 'whose', parseEmail)
        .addOption(roleOption('in place of their other role')),
    ),
  ).action(async (email: string, options: SetOptions) => {
    const attributes = attributesIn(options);
    if (options.role === undefined && Object.keys(attributes).length === 0) {
      throw new UserError('Nothing was changed. Say what to change: --role, --campaigns, --teams or --extension.');
    }
    const { pool, audit } = await auditedPool(options, dependencies);
    await pool.check(email);
    const before = await contentOf(email, pool);
    if (Object.keys(attributes).length > 0) await pool.setAttributes(email, attributes);
    if (options.role !== undefined) await pool.setRole(email, options.role);
    await audit({ what: `Changed ${email}.`, changes: changesBetween(before, await contentOf(email, pool), isNumber) });
    report(
      dependencies,
      options,
      { email, isChanged: true },
      `${email} is changed. Role and restriction count within a minute, a telephone from their next sign-in on.`,
    );
  });
}

function disableCommand(dependencies: Dependencies): Command {
  return addPoolOptions(
    new Command('disable')
      .description('let somebody sign in no more, and end their sessions')
      .argument('<email>', 'whom', parseEmail)
      .option('--yes', 'disable without asking', false),
  ).action(async (email: string, options: Options & { yes: boolean }) => {
    const { pool, audit } = await auditedPool(options, dependencies);
    await pool.check(email);
    await confirm(`Disable ${email} and end their sessions?`, options.yes, dependencies.terminal);
    await pool.disable(email);
    await audit({ what: `Disabled ${email}.` });
    report(
      dependencies,
      options,
      { email, isEnabled: false },
      `${email} can no longer sign in; a page that is open ends within a minute.`,
    );
  });
}

function enableCommand(dependencies: Dependencies): Command {
  return addPoolOptions(
    new Command('enable').description('let somebody sign in again').argument('<email>', 'whom', parseEmail),
  ).action(async (email: string, options: Options) => {
    const { pool, audit } = await auditedPool(options, dependencies);
    await pool.enable(email);
    await audit({ what: `Enabled ${email}.` });
    report(dependencies, options, { email, isEnabled: true }, `${email} can sign in again.`);
  });
}

function addPoolOptions(command: Command): Command {
  return addCommonOptions(
    command
      .option('--user-pool <id>', 'the Cognito user pool, else that of the stage')
      .option('--table <name>', 'the table with the audit, else that of the stage'),
  );
}

function addAttributeOptions(command: Command): Command {
  return command
    .option('--campaigns <names>', 'they see the calls of these alone, separated by commas; "" for all')
    .option('--teams <names>', 'they see the calls of these in-groups or queues alone; "" for all')
    .option(
      '--extension <digits>',
      'their own telephone, which rings when they listen in; "" for none',
      parseExtension,
    );
}

function roleOption(what: string): Option {
  return new Option('--role <role>', what).choices(roleSchema.options);
}

async function poolOf(options: Options, dependencies: Dependencies): Promise<UserPool> {
  const deployment = new Deployment(options, dependencies);
  return new UserPool(options.userPool ?? (await deployment.userPoolId()), deployment.cognito);
}

/** The user pool, and what notes a change of it in the audit. */
async function auditedPool(
  options: Options,
  dependencies: Dependencies,
): Promise<{ pool: UserPool; audit: (note: AuditNote) => Promise<void> }> {
  const deployment = new Deployment(options, dependencies);
  const audit = await openAudit('people', await deployment.table(options.table), deployment);
  return { pool: await poolOf(options, dependencies), audit };
}

/** What of an account can be changed. */
async function contentOf(email: string, pool: UserPool): Promise<object> {
  const account = (await pool.list()).find((each) => each.email === email);
  return { role: account?.role, campaigns: account?.campaigns, teams: account?.teams, extension: account?.extension };
}

/** Telephone numbers do not go into the audit. */
function isNumber(field: string): boolean {
  return field === 'extension';
}

function attributesIn({ campaigns, teams, extension }: AccountAttributes): AccountAttributes {
  return {
    ...(campaigns !== undefined && { campaigns }),
    ...(teams !== undefined && { teams }),
    ...(extension !== undefined && { extension }),
  };
}

function report({ print }: Dependencies, { json }: OutputOptions, result: Record<string, unknown>, text: string): void {
  print(json ? JSON.stringify(result) : text);
}

function parseEmail(value: string): string {
  if (!z.email().safeParse(value).success) throw new InvalidArgumentError('Give an e-mail address.');
  return value;
}

function parseExtension(value: string): string {
  const parsed = extensionSchema.or(z.literal('')).safeParse(value);
  if (!parsed.success) throw new InvalidArgumentError('Give an extension of 2 to 8 digits.');
  return value;
}
