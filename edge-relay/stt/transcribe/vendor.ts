import { flag, list, setting, text } from '../../setting.ts';
import { sttVendor } from '../vendor.ts';

export const transcribe = sttVendor({
  title: 'Amazon Transcribe',
  about:
    'streams to the vendor in `AWS_REGION`, with the AWS credentials of the relay; agent and caller share one stream of two channels. Profanity is never filtered: rules need the words.',
  settings: {
    EARSHOT_TRANSCRIBE_VOCABULARY: setting({
      schema: text.optional(),
      secret: false,
      about: 'the name of a custom vocabulary of that account and region',
    }),
    EARSHOT_TRANSCRIBE_LANGUAGES: setting({
      schema: list,
      secret: false,
      about:
        'two or more languages among which Transcribe finds out what is spoken, where nothing else says it; one region of each, and it does not redact by itself then',
      example: 'en-US,es-US',
      isOptional: true,
    }),
    EARSHOT_TRANSCRIBE_REDACTION: setting({
      schema: flag('off'),
      about: '`on`: Transcribe itself redacts what identifies people',
    }),
  },
  required: ['AWS_REGION'],
  needs: {
    network: ({ AWS_REGION = '' }) => `https://transcribestreaming.${AWS_REGION}.amazonaws.com`,
    rights: 'the AWS credentials allow transcribe:StartStreamTranscription',
  },
  open: async (settings) => {
    const { openTranscribe } = await import('./transcribe.ts');
    const { transcribeLanguages } = await import('./languages.ts');
    return openTranscribe({
      language: transcribeLanguages.require(settings.EARSHOT_LANGUAGE),
      identified: settings.EARSHOT_TRANSCRIBE_LANGUAGES.map((tag) => transcribeLanguages.require(tag)),
      vocabularyName: settings.EARSHOT_TRANSCRIBE_VOCABULARY,
      isRedacted: settings.EARSHOT_TRANSCRIBE_REDACTION === 'on',
    });
  },
});
