import { statfsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DescribeEventBusCommand, EventBridgeClient, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { Command } from 'commander';
import { pino } from 'pino';
import { AmiClient } from '../capture/ami/client.ts';
import { systemClock } from '../clock.ts';
import { readSettings, type Settings } from '../config.ts';
import { bytesPerMs, type SttEngine, SttError } from '../stt/engine.ts';
import { openEngine } from '../stt/engines.ts';

/** What a check found, and what a person can do about it. */
export interface Finding {
  readonly check: string;
  readonly verdict: 'ok' | 'warning' | 'problem';
  readonly found: string;
  readonly advice?: string;
}

type Check = (settings: Settings) => Promise<Omit<Finding, 'check'>>;

const ok = (found: string) => ({ verdict: 'ok', found }) as const;
const problem = (found: string, advice: string) => ({ verdict: 'problem', found, advice }) as const;
const warning = (found: string, advice: string) => ({ verdict: 'warning', found, advice }) as const;

const ANSWER_MS = 10_000;
const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;
/** A clock that is off by more has its requests to AWS refused; by this much, its times mislead. */
const MAX_SKEW_MS = 2_000;

const checks: Readonly<Record<string, Check>> = {
  'speech engine': (settings) => checkEngine(settings, settings.EARSHOT_ENGINE),
  'fallback engine': async (settings) =>
    settings.EARSHOT_FALLBACK_ENGINE === undefined
      ? warning('none is set', 'Set EARSHOT_FALLBACK_ENGINE, so that calls are heard while the first engine is away.')
      : checkEngine(settings, settings.EARSHOT_FALLBACK_ENGINE),
  'event bus': checkBus,
  spool: checkSpool,
  'AudioSocket port': (settings) => checkPort(settings.EARSHOT_AUDIOSOCKET_HOST, settings.EARSHOT_AUDIOSOCKET_PORT),
  'manager interface': checkAmi,
  'HTTP port': (settings) => checkPort(settings.EARSHOT_HTTP_HOST, settings.EARSHOT_HTTP_PORT),
};

/** Tries everything the relay depends on, each apart from the others. */
export async function examine(settings: Settings): Promise<Finding[]> {
  return Promise.all(
    Object.entries(checks).map(async ([check, run]) => {
      const found = await run(settings).catch((error: unknown) =>
        problem((error as Error).message, 'This should not happen; please report it with this message.'),
      );
      return { check, ...found };
    }),
  );
}

/** Opens a stream, sends a second of silence, and waits for its end in good order: the key is good if that works. */
async function checkEngine(settings: Settings, name: Settings['EARSHOT_ENGINE']): ReturnType<Check> {
  let engine: SttEngine | undefined;
  try {
    engine = await openEngine(settings, name);
    await engine.probe?.();
    await trySilence(engine);
    return ok(`${name} answers`);
  } catch (error) {
    const message = (error as Error).message;
    return error instanceof SttError && !error.retryable
      ? problem(message, `Check the key, the region and the settings of ${name}.`)
      : problem(message, `Check that this machine may reach ${name} (firewall, proxy, address).`);
  } finally {
    await engine?.close();
  }
}

async function trySilence(engine: SttEngine): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SttError(`no answer within ${ANSWER_MS / 1_000} s`, { retryable: true }));
    }, ANSWER_MS);
    const closed = (error?: SttError) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const listener = { partial: () => undefined, final: () => undefined, endpoint: () => undefined, closed };
    engine.open(FORMAT, { channels: ['caller'] }, listener).then((connection) => {
      connection.send(Buffer.alloc(1_000 * bytesPerMs(FORMAT)));
      connection.finish();
    }, closed);
  });
}

/** The bus is asked for, not written to: a test event would reach the dashboards. */
async function checkBus({ EARSHOT_BUS_NAME: name }: Settings): ReturnType<Check> {
  const client = new EventBridgeClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: ANSWER_MS },
  });
  let skewMs = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Record<string, string> };
      if (headers?.date !== undefined) skewMs = Date.now() - Date.parse(headers.date);
      return result;
    },
    { step: 'deserialize', priority: 'low' },
  );
  try {
    await client.send(new DescribeEventBusCommand({ Name: name }));
    if (Math.abs(skewMs) > MAX_SKEW_MS)
      return warning(
        `${name} is there, but this clock is ${(skewMs / 1_000).toFixed(0)} s off`,
        'Let the machine follow a time server (timedatectl set-ntp true).',
      );
    return ok(`${name} is there`);
  } catch (error) {
    const { name: code, message } = error as Error;
    if (code === 'ResourceNotFoundException')
      return problem(message, 'Deploy the cloud part first, or set EARSHOT_BUS_NAME and AWS_REGION to where it is.');
    if (code === 'AccessDeniedException')
      // A relay's least-privilege policy may hold PutEvents alone; that another call is signed rightly says the rest.
      return (await isSigned(client))
        ? warning(
            'the credentials are good, but may not look at the bus',
            'Allow events:PutEvents on it; that suffices.',
          )
        : problem(message, 'Give these credentials events:PutEvents on the bus.');
    if (code === 'CredentialsProviderError')
      return problem(message, 'Give the relay AWS credentials: docs/relay.md names the ways.');
    return problem(message || code, 'Check AWS_REGION, the credentials, and that this machine may reach EventBridge.');
  } finally {
    client.destroy();
  }
}

async function isSigned(client: EventBridgeClient): Promise<boolean> {
  try {
    await client.send(new TestEventPatternCommand({ EventPattern: '{"source":["x"]}', Event: '{}' }));
    return true;
  } catch (error) {
    return /^(AccessDenied|InvalidEventPattern|Validation)/.test((error as Error).name);
  }
}

async function checkSpool({ EARSHOT_SPOOL_FOLDER: folder, ...settings }: Settings): ReturnType<Check> {
  try {
    await mkdir(folder, { recursive: true });
    const trial = await mkdtemp(join(folder, 'doctor-'));
    await writeFile(join(trial, 'trial'), 'x');
    await rm(trial, { recursive: true });
  } catch (error) {
    return problem((error as Error).message, `Make ${folder} writable for the user the relay runs as.`);
  }
  const { bavail, bsize } = statfsSync(folder);
  const freeMegabytes = Math.floor((bavail * bsize) / 1_048_576);
  const wanted = settings.EARSHOT_SPOOL_MAX_MB + settings.EARSHOT_SPOOL_RESERVE_MB;
  return freeMegabytes < wanted
    ? warning(`${folder} has ${freeMegabytes} MB free`, `Free ${wanted} MB, or lower EARSHOT_SPOOL_MAX_MB.`)
    : ok(`${folder} can be written and has ${freeMegabytes} MB free`);
}

async function checkAmi({ EARSHOT_AMI_HOST: host, ...settings }: Settings): ReturnType<Check> {
  if (host === undefined) return ok('not used: EARSHOT_AMI_HOST is not set');
  const port = settings.EARSHOT_AMI_PORT;
  const seen = { isThere: false };
  const clients: AmiClient[] = [];
  const isLoggedIn = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(resolve, ANSWER_MS / 2, false);
    const listener = {
      connected: () => {
        clearTimeout(timer);
        resolve(true);
      },
      event: () => (seen.isThere = true),
      disconnected: () => (seen.isThere = true),
    };
    const options = { host, port, user: settings.EARSHOT_AMI_USER, secret: settings.EARSHOT_AMI_SECRET ?? '' };
    clients.push(new AmiClient(options, { clock: systemClock, log: pino({ level: 'silent' }), listener }));
  });
  await Promise.all(clients.map((client) => client.stop()));
  if (isLoggedIn) return ok(`${host}:${port} takes the login`);
  return seen.isThere
    ? problem(`${host}:${port} refuses the login`, 'Compare EARSHOT_AMI_USER and _SECRET with manager.conf.')
    : problem(`${host}:${port} does not answer`, 'Enable the manager in manager.conf, and let this machine reach it.');
}

async function checkPort(host: string, port: number): ReturnType<Check> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, resolve);
    });
    return ok(`${host}:${port} can be listened on`);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      return warning(`${host}:${port} is taken`, 'Right if the relay runs already; else stop what has it.');
    return problem(message, 'Choose an address of this machine and a port above 1023.');
  } finally {
    server.close();
  }
}

const MARKS = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check everything the relay depends on, and say what to do')
    .action(async () => {
      const findings = await examine(readSettings());
      for (const { check, verdict, found, advice } of findings) {
        console.log(`${MARKS[verdict]}  ${check}: ${found}`);
        if (advice !== undefined) console.log(`         ${advice}`);
      }
      if (findings.some(({ verdict }) => verdict === 'problem')) process.exitCode = 1;
    });
}
