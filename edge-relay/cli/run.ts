import { Command } from 'commander';
import { pino } from 'pino';
import { version } from '../../package.json';
import { readSettings } from '../config.ts';
import { startRelay } from '../relay.ts';
import { openEngines } from '../stt/engines.ts';

/** A relay that cannot finish in time leaves its spool for the next start. */
const DRAIN_MS = 29_000;

export function runCommand(): Command {
  return new Command('run').description('listen for calls until SIGTERM or Ctrl-C').action(async () => {
    const settings = readSettings();
    const log = pino({ level: settings.EARSHOT_LOG_LEVEL, base: { relayId: settings.EARSHOT_RELAY_ID } });
    const engines = await openEngines(settings);
    const relay = await startRelay(settings, { engines, log }).catch(async (error: unknown) => {
      await Promise.all(engines.map((engine) => engine.close()));
      throw error;
    });
    const stop = (signal: string) => {
      log.info({ signal }, 'relay is draining');
      setTimeout(() => {
        log.error('drain took too long, what is in the spool goes out at the next start');
        process.exit(0);
      }, DRAIN_MS).unref();
      void relay.drain().then((isFlushed) => {
        log.info({ isFlushed }, 'relay has drained');
        process.exit(0);
      });
    };
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    log.info(
      {
        version,
        audioSocketPort: relay.audioSocketPort,
        httpPort: relay.httpPort,
        engines: engines.map(({ name }) => name),
      },
      'relay is listening',
    );
  });
}
