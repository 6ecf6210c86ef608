import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { projectFolder, type LocalConfig } from './config.ts';
import { awsEnvironment } from './endpoint.ts';
import { run } from './processes.ts';

/** The stacks' outputs that a run on this machine needs. */
const outputsSchema = z.object({
  ApiUrl: z.url(),
  WebSocketUrl: z.url(),
  UserPoolId: z.string(),
  UserPoolClientId: z.string(),
  BusName: z.string(),
  TableName: z.string(),
});
export type Outputs = z.infer<typeof outputsSchema>;

/**
 * Deploys the CDK app to the endpoint with the CDK's own command; only what changed is deployed again.
 * @throws {UserError} with the last lines of the CDK
 */
export async function deploy(config: LocalConfig, url: string): Promise<Outputs> {
  const outputsFile = join(config.runFolder, 'outputs.json');
  // From a folder without an app: bootstrapping would build and synthesize it for nothing.
  await cdk(config, url, config.runFolder, 'bootstrap', `aws://000000000000/${config.aws.region}`);
  await cdk(
    config,
    url,
    projectFolder,
    ...['deploy', '--all', '--require-approval', 'never', '--method', 'direct', '--concurrency', '4'],
    ...[
      '-c',
      'stage=local',
      '-c',
      `relays=${config.relayId}@${config.relayId}`,
      '-c',
      `siteUrl=http://127.0.0.1:${config.sitePort}`,
    ],
    ...['--output', join(config.runFolder, 'cdk.out'), '--outputs-file', outputsFile],
  );
  return readOutputs(outputsFile);
}

/**
 * Deletes all stacks.
 * @throws {UserError} with the last lines of the CDK
 */
export async function destroy(config: LocalConfig, url: string): Promise<void> {
  await cdk(config, url, projectFolder, 'destroy', '--all', '--force', '--app', join(config.runFolder, 'cdk.out'));
}

async function cdk(config: LocalConfig, url: string, folder: string, ...args: string[]): Promise<void> {
  const binaries = join(projectFolder, 'node_modules/.bin');
  const environment = {
    ...config.environment,
    ...awsEnvironment(config, url),
    PATH: [binaries, config.environment['PATH']].join(delimiter),
    CDK_DISABLE_CLI_TELEMETRY: 'true',
  };
  await run(join(binaries, 'cdk'), args, { folder, environment, logFile: join(config.runFolder, 'logs/deploy.log') });
}

/** Merges the outputs of all stacks. */
function readOutputs(file: string): Outputs {
  const byStack = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(readFileSync(file, 'utf8')));
  return outputsSchema.parse(Object.assign({}, ...Object.values(byStack)));
}
