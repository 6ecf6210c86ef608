import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { localFolder, projectFolder, type LocalConfig } from './config.ts';
import { run, startService, until, type Service } from './processes.ts';

/** An AWS endpoint on this machine. */
export interface Endpoint {
  readonly url: string;
  readonly service: Service;
}

const requirements = join(projectFolder, 'local/requirements.txt');
const virtualEnvironment = join(localFolder, 'venv');

/**
 * Makes the virtual environment that holds the pinned endpoint, once for each set of pins.
 * @returns whether anything had to be installed
 * @throws {Problem} when the Python index cannot be reached
 */
export async function installEndpoint(python: string, { environment, runFolder }: LocalConfig): Promise<boolean> {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  const stamp = join(virtualEnvironment, 'installed-pins');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === pins) return false;
  rmSync(virtualEnvironment, { recursive: true, force: true });
  const options = { folder: projectFolder, environment, logFile: join(runFolder, 'logs/install.log') };
  await run(python, ['-m', 'venv', virtualEnvironment], options);
  await run(join(virtualEnvironment, 'bin/pip'), ['install', '--quiet', '--requirement', requirements], options);
  writeFileSync(stamp, pins);
  return true;
}

/** Starts the endpoint with an empty state and waits until it answers. */
export async function startEndpoint(
  config: Pick<LocalConfig, 'aws' | 'environment' | 'runFolder'>,
  port: number,
  { outlivesUs = false } = {},
): Promise<Endpoint> {
  const url = `http://127.0.0.1:${port}`;
  const service = startService(
    join(virtualEnvironment, 'bin/python'),
    [join(projectFolder, 'local/corrected_endpoint.py'), ...(outlivesUs ? [] : ['--die-with-parent'])],
    {
      folder: projectFolder,
      outlivesUs,
      logFile: join(config.runFolder, 'logs/endpoint.log'),
      environment: {
        ...config.environment,
        ...awsEnvironment(config, url),
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        IOT_MTLS_ENABLED: '0',
        PATH: [join(process.execPath, '..'), config.environment['PATH']].join(delimiter),
        // CDK's own custom resources expect the SDK that AWS's runtime brings.
        NODE_PATH: join(projectFolder, 'node_modules'),
      },
    },
  );
  await until(`The local AWS endpoint answers on ${url}`, () => answers(url), 30_000, service);
  return { url, service };
}

/** Whether something speaks AWS at an address. */
export async function answers(url: string): Promise<boolean> {
  const response = await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2000) });
  return response.status < 500;
}

/** What every AWS client needs to reach the endpoint. */
export function awsEnvironment({ aws }: Pick<LocalConfig, 'aws'>, url: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_ACCESS_KEY_ID: aws.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.secretAccessKey,
    AWS_REGION: aws.region,
    AWS_DEFAULT_REGION: aws.region,
  };
}
