import { deepgram } from './deepgram/vendor.ts';
import { local } from './local/vendor.ts';
import { openai } from './openai/vendor.ts';
import { pocketsphinx } from './pocketsphinx/vendor.ts';
import { script } from './script/vendor.ts';
import { transcribe } from './transcribe/vendor.ts';

/**
 * Every vendor of speech to text, by the name that EARSHOT_ENGINE has for it. Settings and their secrets, the masked
 * printing of them, `doctor`, the example of an environment file and the documentation follow from this list.
 */
export const vendors = { deepgram, transcribe, local, openai, pocketsphinx, script };

export type VendorName = keyof typeof vendors;

export const vendorNames = Object.keys(vendors) as VendorName[];
