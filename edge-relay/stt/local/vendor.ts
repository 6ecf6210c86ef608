import { z } from 'zod';
import { setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';

export const local = sttVendor({
  title: 'Local',
  about:
    'runs a model on this machine with sherpa-onnx, in a process of its own: [Moonshine or a model of another kind](#a-model-for-the-local-engine). No network and no key. `sherpa` is an earlier name of it, `EARSHOT_SHERPA_MODEL` and `EARSHOT_SHERPA_THREADS` of its settings.',
  settings: {
    EARSHOT_LOCAL_MODEL: setting({
      schema: text.optional(),
      secret: false,
      about: 'the folder of a model',
      example: '/var/lib/earshot-relay/models/moonshine-tiny-en',
      isOptional: true,
    }),
    EARSHOT_LOCAL_THREADS: setting({
      schema: z.coerce.number().int().positive().default(1),
      about: 'processor threads of one decoding step',
    }),
  },
  required: ['EARSHOT_LOCAL_MODEL'],
  needs: {
    packages: ['sherpa-onnx-node'],
    files: ({ EARSHOT_LOCAL_MODEL: folder }) => (folder === undefined ? [] : [folder]),
  },
  open: async (settings) => {
    const { openLocal } = await import('./local.ts');
    return openLocal({
      folder: settings.EARSHOT_LOCAL_MODEL ?? '',
      threads: settings.EARSHOT_LOCAL_THREADS,
      language: settings.EARSHOT_LANGUAGE,
    });
  },
});
