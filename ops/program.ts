import { Command } from 'commander';
import { version } from '../package.json';
import type { Dependencies } from './deployment.ts';
import { forgetCallerCommand } from './forget-caller.ts';
import { peopleCommand } from './people.ts';
import { redriveCommand } from './redrive.ts';
import { relaysCommand } from './relays.ts';

/** The operator's command with all it can do. */
export function earshotProgram(dependencies: Dependencies): Command {
  return new Command('earshot')
    .version(version)
    .description('Operates a deployed Earshot')
    .addCommand(relaysCommand(dependencies))
    .addCommand(peopleCommand(dependencies))
    .addCommand(redriveCommand(dependencies))
    .addCommand(forgetCallerCommand(dependencies));
}
