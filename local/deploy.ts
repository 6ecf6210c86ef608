import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** The stage whose stacks a run on this machine deploys. */
const STAGE = ['-c', 'stage=local'];

/**
 * Deploys the CDK app to the endpoint with the CDK's own command; only what changed is deployed again.
 * @throws {Problem} with the last lines of the CDK
 */
export async function deploy(config: LocalConfig, url: string): Promise<Outputs> {
  const outputsFile = join(config.runFolder, 'outputs.json');
  const cdk = async (...args: string[]) =>
    run(
      join(projectFolder, 'node_modules/.bin/cdk'),
      [...args, ...STAGE, '--output', join(config.runFolder, 'cdk.out')],
      {
        folder: projectFolder,
        environment: { ...config.environment, ...awsEnvironment(config, url), CDK_DISABLE_CLI_TELEMETRY: 'true' },
        logFile: join(config.runFolder, 'logs/deploy.log'),
      },
    );
  await cdk('bootstrap', `aws://000000000000/${config.aws.region}`);
  await cdk('deploy', '--all', '--require-approval', 'never', '--method', 'direct', '--outputs-file', outputsFile);
  return readOutputs(outputsFile);
}

/** Merges the outputs of all stacks. */
function readOutputs(file: string): Outputs {
  const byStack = z.record(z.string(), z.record(z.string(), z.string())).parse(JSON.parse(readFileSync(file, 'utf8')));
  return outputsSchema.parse(Object.assign({}, ...Object.values(byStack)));
}
