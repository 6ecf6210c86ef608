import { inspect } from 'node:util';
import { Command, CommanderError } from 'commander';
import { version } from '../package.json';
import { configCommand } from './cli/config.ts';
import { doctorCommand } from './cli/doctor/doctor.ts';
import { modelCommand } from './cli/model.ts';
import { placeCallCommand } from './cli/place-call.ts';
import { recordingsCommand } from './cli/recordings.ts';
import { runCommand } from './cli/run.ts';
import { ConfigError, environmentMask } from './config.ts';
import { WavError } from './audio/wav-error.ts';
import { SeatFolderError, SeatTakenError } from './seat.ts';
import { SimulatorError } from './sim/simulator.ts';
import { SttError } from './stt/engine.ts';
import { ModelError } from './stt/local/fetch-model.ts';

/** What sysexits.h calls EX_CONFIG: no service manager need try again. */
const EXIT_CONFIG = 78;

const program = new Command('earshot-relay')
  .version(version)
  .description('Transcribes the calls of an Asterisk and publishes what is said')
  .addCommand(runCommand())
  .addCommand(configCommand())
  .addCommand(doctorCommand())
  .addCommand(modelCommand())
  .addCommand(placeCallCommand())
  .addCommand(recordingsCommand());

try {
  await program.parseAsync();
} catch (error) {
  // What a person can put right is said in a line; anything else is a fault of ours and shows where.
  const isExpected = [
    ConfigError,
    SeatFolderError,
    SeatTakenError,
    WavError,
    SimulatorError,
    SttError,
    ModelError,
    CommanderError,
  ].some((kind) => error instanceof kind);
  const code = (error as NodeJS.ErrnoException).code;
  const report = (text: string) => {
    console.error(environmentMask()(text));
  };
  if (isExpected) report((error as Error).message);
  else if (code === 'EADDRINUSE' || code === 'EACCES') report(`Cannot listen: ${(error as Error).message}`);
  else report(inspect(error));
  process.exitCode = error instanceof ConfigError ? EXIT_CONFIG : 1;
}
