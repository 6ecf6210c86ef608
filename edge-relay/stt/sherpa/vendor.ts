import { z } from 'zod';
import { setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';

export const sherpa = sttVendor({
  title: 'sherpa-onnx',
  about:
    'runs a model on this machine, in a process of its own: a streaming zipformer, or whisper, which transcribes a piece of speech at a time. No network and no key.',
  settings: {
    EARSHOT_SHERPA_MODEL: setting({
      schema: text.optional(),
      secret: false,
      about: 'the folder of a model',
      example: '/opt/sherpa-model',
      isOptional: true,
    }),
    EARSHOT_SHERPA_THREADS: setting({
      schema: z.coerce.number().int().positive().default(2),
      about: 'processor threads of one decoding step',
    }),
  },
  required: ['EARSHOT_SHERPA_MODEL'],
  needs: {
    packages: ['sherpa-onnx-node'],
    files: ({ EARSHOT_SHERPA_MODEL: folder }) => (folder === undefined ? [] : [folder]),
  },
  open: async (settings) => {
    const { openSherpa } = await import('./sherpa.ts');
    return openSherpa({
      folder: settings.EARSHOT_SHERPA_MODEL ?? '',
      threads: settings.EARSHOT_SHERPA_THREADS,
      language: settings.EARSHOT_LANGUAGE,
    });
  },
});
