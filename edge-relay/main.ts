import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { configCommand } from './cli/config.ts';
import { doctorCommand } from './cli/doctor/doctor.ts';
import { placeCallCommand } from './cli/place-call.ts';
import { recordingsCommand } from './cli/recordings.ts';
import { runCommand } from './cli/run.ts';
import { ConfigError } from './config.ts';
import { WavError } from './audio/wav.ts';
import { SimulatorError } from './sim/simulator.ts';
import { SttError } from './stt/engine.ts';

/** What sysexits.h calls EX_CONFIG: no service manager need try again. */
const EXIT_CONFIG = 78;

const program = new Command('earshot-relay')
  .version(version)
  .description('Hears the calls of an Asterisk and tells the cloud what is said')
  .addCommand(runCommand())
  .addCommand(configCommand())
  .addCommand(doctorCommand())
  .addCommand(placeCallCommand())
  .addCommand(recordingsCommand());

try {
  await program.parseAsync();
} catch (error) {
  // What a person can put right is said in a line; anything else is a fault of ours and shows where.
  const isExpected = [ConfigError, WavError, SimulatorError, SttError, CommanderError].some(
    (kind) => error instanceof kind,
  );
  const code = (error as NodeJS.ErrnoException).code;
  if (isExpected) console.error((error as Error).message);
  else if (code === 'EADDRINUSE' || code === 'EACCES') console.error(`Cannot listen: ${(error as Error).message}`);
  else console.error(error);
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1;
}
