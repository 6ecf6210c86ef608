import { LanguageCode } from '@aws-sdk/client-transcribe-streaming';
import { VendorLanguages } from '../languages.ts';

/** The languages of Transcribe's streaming, as its SDK lists them. */
export const transcribeLanguages = new VendorLanguages('Transcribe', Object.values(LanguageCode));
