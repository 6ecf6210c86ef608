import { setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';

export const script = sttVendor({
  title: 'A script',
  about:
    'emits a known text, whatever the audio says, for demos and tests: `{"agent": [{"startMs": 0, "endMs": 1500, "text": "…"}], "caller": […]}`.',
  settings: {
    EARSHOT_SCRIPT_FILE: setting({ schema: text.optional(), secret: false, about: 'the file with that text' }),
  },
  required: ['EARSHOT_SCRIPT_FILE'],
  isScripted: true,
  needs: { files: ({ EARSHOT_SCRIPT_FILE: file }) => (file === undefined ? [] : [file]) },
  open: async ({ EARSHOT_SCRIPT_FILE: file = '' }) => {
    const { openScript, readScript } = await import('./script.ts');
    return openScript(await readScript(file));
  },
});
