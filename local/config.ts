import { z } from 'zod';

/** The repository's root, and what its runs leave there. */
export const projectFolder = new URL('..', import.meta.url).pathname.replace(/\/$/, '');
export const localFolder = `${projectFolder}/.local`;

const port = z.coerce.number().int().min(1).max(65_535);

const environmentSchema = z.object({
  AWS_ENDPOINT_URL: z.url().optional(),
  AWS_ACCESS_KEY_ID: z.string().default('test'),
  AWS_SECRET_ACCESS_KEY: z.string().default('test'),
  AWS_DEFAULT_REGION: z.string().default('us-east-1'),
  EARSHOT_ENDPOINT_PORT: port.default(4566),
  EARSHOT_SITE_PORT: port.default(8700),
  EARSHOT_AUDIOSOCKET_PORT: port.default(9093),
  EARSHOT_HTTP_PORT: port.default(9094),
});

/** Settings of a run on this machine; every port can be moved. */
export interface LocalConfig {
  /** An AWS endpoint that runs already; without it, one is started. */
  readonly endpointUrl: string | undefined;
  readonly endpointPort: number;
  readonly sitePort: number;
  readonly audioSocketPort: number;
  readonly httpPort: number;
  /** The name of the relay that runs here. */
  readonly relayId: string;
  /** Logs, spool, outputs and notes of this run. */
  readonly runFolder: string;
  /** Credentials and region for whatever talks to the endpoint. */
  readonly aws: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly region: string };
  /** What a child process inherits. */
  readonly environment: NodeJS.ProcessEnv;
}

/**
 * Reads the settings from the environment.
 * @throws {z.ZodError} naming each variable that is wrong
 */
export function readLocalConfig(environment: NodeJS.ProcessEnv = process.env): LocalConfig {
  const read = environmentSchema.parse(environment);
  return {
    endpointUrl: read.AWS_ENDPOINT_URL,
    endpointPort: read.EARSHOT_ENDPOINT_PORT,
    sitePort: read.EARSHOT_SITE_PORT,
    audioSocketPort: read.EARSHOT_AUDIOSOCKET_PORT,
    httpPort: read.EARSHOT_HTTP_PORT,
    relayId: 'local',
    runFolder: `${localFolder}/run`,
    aws: {
      accessKeyId: read.AWS_ACCESS_KEY_ID,
      secretAccessKey: read.AWS_SECRET_ACCESS_KEY,
      region: read.AWS_DEFAULT_REGION,
    },
    environment,
  };
}
