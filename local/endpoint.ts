import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { localFolder, projectFolder, type LocalConfig } from './config.ts';
import { startService, until, type Service } from './processes.ts';
import { ensureVirtualEnvironment } from './python.ts';

/** An AWS endpoint on this machine. */
export interface Endpoint {
  readonly url: string;
  readonly service: Service;
}

const virtualEnvironment = join(localFolder, 'venv');

/**
 * Installs the pinned endpoint where it is not yet.
 * @returns whether anything had to be installed
 * @throws {UserError} when the Python index cannot be reached
 */
export async function installEndpoint(
  python: string,
  { environment, runFolder }: Pick<LocalConfig, 'environment' | 'runFolder'>,
): Promise<boolean> {
  return ensureVirtualEnvironment(python, virtualEnvironment, join(projectFolder, 'local/requirements.txt'), {
    environment,
    logFile: join(runFolder, 'logs/install.log'),
  });
}

/** Starts the endpoint with an empty state and waits until it answers. */
export async function startEndpoint(
  config: Pick<LocalConfig, 'aws' | 'environment' | 'runFolder'>,
  port: number,
  { outlivesUs = false } = {},
): Promise<Endpoint> {
  const url = `http://127.0.0.1:${port}`;
  const temporaryFolder = join(config.runFolder, 'tmp');
  rmSync(temporaryFolder, { recursive: true, force: true });
  mkdirSync(temporaryFolder, { recursive: true });
  // The functions are unpacked below our package.json, whose type is module; theirs is not.
  writeFileSync(join(temporaryFolder, 'package.json'), '{"type":"commonjs"}');
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
        // It unpacks every function there.
        TMPDIR: temporaryFolder,
        // The key that signs its tokens.
        STATE_DIR: join(temporaryFolder, 'state'),
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
