import { Command } from 'commander';
import { pino } from 'pino';
import { version } from '../../package.json';
import { environmentMask, readInheritedSocket, readSettings } from '../config.ts';
import { startRelay } from '../relay.ts';
import { takeSeat } from '../seat.ts';
import { maskJsonLine } from '../secrets.ts';
import { openEngines } from '../stt/engines.ts';

/** A relay that cannot finish in time leaves its spool for the next start. */
const DRAIN_MS = 29_000;
/** Who takes over publishes the rest: the calls wait for it. */
const HANDOVER_FLUSH_MS = 1_000;

export function runCommand(): Command {
  return new Command('run')
    .description('listen for calls until SIGTERM or Ctrl-C')
    .option(
      '--take-over',
      'have a relay that runs with the same spool hand over its calls and end, once this one is ready',
    )
    .action(run);
}

async function run({ takeOver = false }: { takeOver?: boolean }): Promise<void> {
  const settings = readSettings();
  const mask = environmentMask();
  const log = pino({
    level: settings.EARSHOT_LOG_LEVEL,
    base: { relayId: settings.EARSHOT_RELAY_ID },
    hooks: { streamWrite: (line) => maskJsonLine(line, mask) },
  });
  // All that takes time comes first: from here to the taps no call is transcribed.
  const engines = await openEngines(settings);
  const closeEngines = async (error: unknown) => {
    await Promise.all(engines.map((engine) => engine.close()));
    throw error;
  };
  const asked = new AbortController();
  const seat = await takeSeat(settings.EARSHOT_SPOOL_FOLDER, {
    takesOver: takeOver,
    log,
    onAsked: () => {
      asked.abort();
    },
  }).catch(closeEngines);
  const inheritedSocket = readInheritedSocket();
  const relay = await startRelay(settings, { engines, inheritedSocket, log }).catch(closeEngines);
  const stop = (reason: string, flushMs?: number) => {
    log.info({ reason }, 'relay is draining');
    setTimeout(() => {
      log.error('drain took too long, what is in the spool goes out at the next start');
      process.exit(0);
    }, DRAIN_MS).unref();
    void relay.drain(flushMs).then(async (isFlushed) => {
      log.info({ isFlushed }, 'relay has drained');
      await seat.leave();
      process.exit(0);
    });
  };
  const stopOnce = once(stop);
  process.on('SIGTERM', stopOnce);
  process.on('SIGINT', stopOnce);
  const handOver = () => {
    stopOnce('another relay takes over', HANDOVER_FLUSH_MS);
  };
  if (asked.signal.aborted) handOver();
  else asked.signal.addEventListener('abort', handOver);
  log.info(
    {
      version,
      audioSocketPort: relay.audioSocketPort,
      httpPort: relay.httpPort,
      engines: engines.map(({ name }) => name),
    },
    'relay is listening',
  );
}

function once<A extends unknown[]>(action: (...args: A) => void): (...args: A) => void {
  let isDone = false;
  return (...args) => {
    if (isDone) return;
    isDone = true;
    action(...args);
  };
}
