import { VendorLanguages } from '../languages.ts';

/** Source: developers.deepgram.com, "Models & Languages Overview" and the change log to March 2026. */
const NOVA_2 =
  'bg ca zh zh-CN zh-TW zh-HK cs da nl en en-US en-AU en-GB en-NZ en-IN et fi nl-BE fr fr-CA de de-CH el hi hu id it ja ko lv lt ms no pl pt pt-BR pt-PT ro ru sk es es-419 sv th tr uk vi';
const NOVA_3 = `${NOVA_2} be bn bs hr kn mk mr sr sl ta te tl`;
/** Known to nova-3's multilingual model alone. */
const NOVA_3_MULTILINGUAL = 'af ar fa gl gu he xh zu';

/** The model transcribes several languages, also within a sentence. */
const MULTILINGUAL = 'multi';

const nova2 = new VendorLanguages('Deepgram nova-2', NOVA_2.split(' '));
const nova3 = new VendorLanguages('Deepgram nova-3', NOVA_3.split(' '));
const nova3Multilingual = new VendorLanguages('Deepgram nova-3', NOVA_3_MULTILINGUAL.split(' '));

/** Deepgram's code for a BCP 47 tag; undefined when the model does not take the language. */
export function deepgramLanguage(model: string, tag: string): string | undefined {
  if (tag === MULTILINGUAL) return MULTILINGUAL;
  if (model.startsWith('nova-3')) return nova3.find(tag) ?? (nova3Multilingual.find(tag) && MULTILINGUAL);
  if (model.startsWith('nova-2')) return nova2.find(tag);
  // Other models, trained ones too, have lists of their own.
  return tag;
}

/** The same for the relay's own language. @throws {SttError} with the codes that the model takes */
export function requireDeepgramLanguage(model: string, tag: string): string {
  return deepgramLanguage(model, tag) ?? (model.startsWith('nova-2') ? nova2 : nova3).require(tag);
}
