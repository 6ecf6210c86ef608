import { z } from 'zod';
import { setting, text } from '../setting.ts';

const pattern = text.superRefine((source, context) => {
  try {
    new RegExp(source);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
  }
});

export const controlSettings = {
  title: 'The control channel',
  about:
    'What supervisors do from the page: [Reached by the cloud](#reached-by-the-cloud). With ViciDial’s API and [its database](asterisk.md#vicidial) supervisors join by its own `blind_monitor`.',
  settings: {
    EARSHOT_CONTROL_URL: setting({
      schema: z.url().optional(),
      secret: false,
      about: 'the cloud part’s `ApiUrl`; without it there is no control channel',
    }),
    EARSHOT_SUPERVISOR_CHANNEL: setting({
      schema: text.includes('{extension}', 'wants {extension} in it').default('PJSIP/{extension}'),
      secret: false,
      about:
        'how Asterisk calls an extension; on FreePBX `Local/{extension}@from-internal/n` also follows people to their other telephones',
    }),
    EARSHOT_SUPERVISOR_EXTENSIONS: setting({
      schema: pattern.default('^\\d{2,6}$'),
      secret: false,
      about:
        'a pattern that an extension must match as a whole; all others are refused here, whatever the cloud requests',
    }),
    EARSHOT_SPEAK_COMMAND: setting({
      schema: text.default('espeak-ng --stdout'),
      secret: false,
      about:
        'reads a sentence from its input and writes a WAV to its output within 5 s; `espeak-ng --stdout -v de` speaks German',
    }),
    EARSHOT_VICIDIAL_API_URL: setting({
      schema: z.url().optional(),
      secret: false,
      about: 'ViciDial’s `non_agent_api.php`',
    }),
    EARSHOT_VICIDIAL_API_USER: setting({ schema: text.optional(), secret: false, about: 'its user' }),
    EARSHOT_VICIDIAL_API_PASSWORD: setting({
      schema: text.optional(),
      secret: true,
      about: 'the password of that user',
    }),
  },
};
