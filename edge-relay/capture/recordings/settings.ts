import { z } from 'zod';
import { setting, text } from '../../setting.ts';

export const recordingsSettings = {
  title: 'Recordings',
  about: 'Recordings that are transcribed while Asterisk writes them: see [asterisk.md](asterisk.md#recordings).',
  settings: {
    EARSHOT_RECORDINGS_FOLDER: setting({
      schema: text.optional(),
      secret: false,
      about: 'the folder they are written to, with those in it',
    }),
    EARSHOT_RECORDINGS_SIDE: setting({
      schema: z.enum(['caller', 'agent']).default('caller'),
      about: 'whose channel is recorded: `-r` and `-in` are theirs (`caller`, or `agent`)',
    }),
    EARSHOT_RECORDINGS_STATE_FOLDER: setting({
      schema: text.default('/var/lib/earshot/recordings'),
      secret: false,
      about: 'where the relay stores how far it has read each',
    }),
  },
};
