import { Command } from 'commander';
import { printSettings, readSettings } from '../config.ts';

export function configCommand(): Command {
  return new Command('config')
    .description('check the settings')
    .option('--print', 'print them, secrets masked')
    .action(({ print }: { print?: boolean }) => {
      const settings = readSettings();
      console.log(print ? printSettings(settings) : 'The settings are good.');
    });
}
