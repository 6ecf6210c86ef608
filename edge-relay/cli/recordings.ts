import { Command } from 'commander';
import { listRecordings } from '../capture/recordings/recordings.ts';
import { readSettings } from '../config.ts';

export function recordingsCommand(): Command {
  return new Command('recordings')
    .description('show the recordings that are being transcribed, and those that were in the last week')
    .action(async () => {
      const settings = readSettings();
      const folder = settings.EARSHOT_RECORDINGS_FOLDER;
      const lines = await listRecordings(settings.EARSHOT_RECORDINGS_STATE_FOLDER);
      console.log(
        folder === undefined ? 'EARSHOT_RECORDINGS_FOLDER is not set, so none is transcribed.' : `Watching ${folder}`,
      );
      for (const line of lines) console.log(line);
    });
}
