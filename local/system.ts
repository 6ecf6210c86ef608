import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { projectFolder, type LocalConfig } from './config.ts';
import { deploy, type Outputs } from './deploy.ts';
import { answers, awsEnvironment, installEndpoint, startEndpoint } from './endpoint.ts';
import { findKeptEndpoint, noteEndpoint } from './kept-endpoint.ts';
import { engines } from '../package.json';
import { checkDisk, checkPorts, describeNode, findPython } from './machine.ts';
import { ensurePackages } from './packages.ts';
import { seedPeople } from './people.ts';
import { UserError } from './user-error.ts';
import { run, startService, until, type Service } from './processes.ts';
import type { Step } from './progress.ts';
import { serveSite } from './site.ts';
import { modelFetcher, modelsFolder, prepareSpeech } from './speech.ts';

/** All of Earshot on this machine. */
export interface System {
  readonly endpointUrl: string;
  readonly outputs: Outputs;
  readonly siteUrl: string;
  /** What transcribes: not the engine that was asked for, where that cannot be had. */
  readonly engine: string;
  readonly relay: LocalRelay;
  /** Stops all that was started, last first. */
  readonly stop: () => Promise<void>;
}

/** A relay that runs on this machine. */
export interface LocalRelay {
  readonly service: Service;
  /** Of its AudioSocket server, and of its HTTP door. */
  readonly audioSocket: string;
  readonly httpUrl: string;
}

export interface SystemOptions {
  readonly engine: string;
  readonly step: Step;
  /** The endpoint keeps running after this process. */
  readonly endpointStays?: boolean;
  /** Further settings of the relay, such as an Asterisk to tap. */
  readonly relaySettings?: Readonly<Record<string, string>>;
}

/**
 * Starts everything in order and reports each step.
 * @throws {UserError} what stands in the way, and what to do about it; all that was started is stopped again
 */
export async function startSystem(config: LocalConfig, options: SystemOptions): Promise<System> {
  const started: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const stopOne of started.splice(0).reverse()) await stopOne();
  };
  try {
    const cloud = await startCloud(config, options, started);
    const site = await options.step(
      'Page served',
      async () =>
        serveSite(
          join(projectFolder, 'web/dist'),
          {
            apiUrl: cloud.outputs.ApiUrl,
            region: config.aws.region,
            userPoolId: cloud.outputs.UserPoolId,
            userPoolClientId: cloud.outputs.UserPoolClientId,
            cognitoUrl: cloud.endpointUrl,
          },
          config.sitePort,
        ),
      ({ url }) => url,
    );
    started.push(site.stop);
    const speech = await prepareSpeech(options.engine, {
      models: modelsFolder,
      fetchModel: modelFetcher(config),
      step: options.step,
    });
    if (speech.fallbackReason !== undefined) await installPackages(config, speech.engine);
    const relaySettings = { ...speech.settings, ...options.relaySettings };
    const relay = await startRelay(config, { ...options, engine: speech.engine, relaySettings }, cloud);
    started.push(async () => relay.service.stop());
    return { ...cloud, siteUrl: site.url, relay, engine: speech.engine, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The endpoint with the app deployed and the people seeded. */
export async function startCloud(
  config: LocalConfig,
  options: Pick<SystemOptions, 'engine' | 'step' | 'endpointStays'>,
  started: (() => Promise<void>)[] = [],
): Promise<Pick<System, 'endpointUrl' | 'outputs'>> {
  const { engine, step } = options;
  mkdirSync(join(config.runFolder, 'logs'), { recursive: true });
  const runningUrl = config.endpointUrl ?? findKeptEndpoint(config)?.url;
  const { python } = await step(
    'Machine checked',
    async () => checkMachine(config, engine, runningUrl === undefined),
    ({ python, installed }) =>
      [
        describeNode(process.versions.node, engines.node),
        `Python as ${python}`,
        ...(installed.length > 0 ? [`installed ${installed.join(', ')}`] : []),
      ].join('; '),
  );
  const endpointUrl = runningUrl ?? (await startOwnEndpoint(config, python, options, started));
  if (!(await answers(endpointUrl).catch(() => false))) {
    throw new UserError(
      `Nothing answers at AWS_ENDPOINT_URL=${endpointUrl}. Start that endpoint, or unset the variable.`,
    );
  }
  const outputs = await step('App deployed', async () => deploy(config, endpointUrl));
  await step('People signed up', async () => seedPeople(config, endpointUrl, outputs.UserPoolId));
  return { endpointUrl, outputs };
}

async function checkMachine(
  config: LocalConfig,
  engine: string,
  needsEndpoint: boolean,
): Promise<{ python: string; installed: string[] }> {
  checkDisk(projectFolder);
  await checkPorts([
    ...(needsEndpoint
      ? [{ port: config.endpointPort, use: 'the local AWS endpoint', variable: 'EARSHOT_ENDPOINT_PORT' }]
      : []),
    { port: config.sitePort, use: 'the page', variable: 'EARSHOT_SITE_PORT' },
    { port: config.audioSocketPort, use: 'AudioSocket', variable: 'EARSHOT_AUDIOSOCKET_PORT' },
    { port: config.httpPort, use: 'the relay’s HTTP door', variable: 'EARSHOT_HTTP_PORT' },
  ]);
  const installed = await installPackages(config, engine);
  return { python: await findPython(), installed };
}

async function installPackages(config: LocalConfig, engine: string): Promise<string[]> {
  return ensurePackages(engine === 'pocketsphinx' ? ['python', 'pocketsphinx'] : ['python'], {
    environment: config.environment,
    logFile: join(config.runFolder, 'logs/install.log'),
  });
}

async function startOwnEndpoint(
  config: LocalConfig,
  python: string,
  { step, endpointStays = false }: Pick<SystemOptions, 'step' | 'endpointStays'>,
  started: (() => Promise<void>)[],
): Promise<string> {
  await step(
    'Local AWS endpoint installed',
    async () => installEndpoint(python, config),
    (fresh) => (fresh ? '' : 'nothing to download'),
  );
  const endpoint = await step(
    'Local AWS endpoint started',
    async () => startEndpoint(config, config.endpointPort, { outlivesUs: endpointStays }),
    ({ url }) => url,
  );
  if (endpointStays) noteEndpoint(config, { processId: endpoint.service.process.pid ?? 0, url: endpoint.url });
  else started.push(endpoint.service.stop);
  return endpoint.url;
}

/** Builds the relay and starts it against a deployed cloud. */
export async function startRelay(
  config: LocalConfig,
  { engine, step, relaySettings }: Pick<SystemOptions, 'engine' | 'step' | 'relaySettings'>,
  cloud: Pick<System, 'endpointUrl' | 'outputs'>,
): Promise<LocalRelay> {
  const bundle = join(projectFolder, 'build/earshot-relay.mjs');
  const environment = { ...config.environment, ...awsEnvironment(config, cloud.endpointUrl) };
  await step('Relay built', async () =>
    run(join(projectFolder, 'node_modules/.bin/tsx'), ['edge-relay/build.ts'], {
      folder: projectFolder,
      environment,
      logFile: join(config.runFolder, 'logs/build-relay.log'),
    }),
  );
  if (!existsSync(bundle)) throw new UserError(`The relay's build left no ${bundle}.`);

  const audioSocket = `127.0.0.1:${config.audioSocketPort}`;
  const httpUrl = `http://127.0.0.1:${config.httpPort}`;
  return step(
    'Relay started',
    async () => {
      const service = startService(process.execPath, [bundle, 'run'], {
        folder: projectFolder,
        // It may drain for 29 s.
        killAfterMs: 30_000,
        logFile: join(config.runFolder, 'logs/relay.log'),
        environment: {
          ...environment,
          EARSHOT_RELAY_ID: config.relayId,
          EARSHOT_PBX: config.relayId,
          EARSHOT_BUS_NAME: cloud.outputs.BusName,
          EARSHOT_ENGINE: engine,
          EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
          EARSHOT_AUDIOSOCKET_PORT: String(config.audioSocketPort),
          EARSHOT_HTTP_HOST: '127.0.0.1',
          EARSHOT_HTTP_PORT: String(config.httpPort),
          EARSHOT_SPOOL_FOLDER: join(config.runFolder, 'spool'),
          EARSHOT_CONTROL_URL: cloud.outputs.ApiUrl,
          ...relaySettings,
        },
      });
      const ready = async () => (await fetch(`${httpUrl}/readyz`)).ok;
      await until('The relay is ready', ready, 20_000, service);
      return { service, audioSocket, httpUrl };
    },
    () => `AudioSocket on ${audioSocket}, engine ${engine}`,
  );
}
