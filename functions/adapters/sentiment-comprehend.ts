import type {
  Comprehend,
  ComprehendServiceException,
  DetectSentimentCommandOutput,
  LanguageCode,
} from '@aws-sdk/client-comprehend';
import { baseLanguage } from '#core/language.ts';
import type { SentimentEngine } from '#core/sentiment/engine.ts';
import type { Score, SentimentLabel } from '#core/sentiment/score.ts';
import { z } from 'zod';
import { SentimentEngineError } from './sentiment-error.ts';

/** The languages that it scores, without regions. */
const LANGUAGES = ['en', 'es', 'fr', 'de', 'it', 'pt', 'ar', 'hi', 'ja', 'ko', 'zh'];

/** Comprehend's limit for a text. */
const MOST_BYTES = 5000;

const answerSchema = z.object({
  Sentiment: z.enum(['POSITIVE', 'NEGATIVE', 'NEUTRAL', 'MIXED']),
  SentimentScore: z.object({
    Positive: z.number(),
    Negative: z.number(),
    Neutral: z.number(),
    Mixed: z.number(),
  }),
});

const LABELS: Readonly<Record<z.infer<typeof answerSchema>['Sentiment'], SentimentLabel>> = {
  POSITIVE: 'positive',
  NEGATIVE: 'negative',
  NEUTRAL: 'neutral',
  MIXED: 'neutral',
};

/**
 * Amazon Comprehend's DetectSentiment. `compound` is the probability of positive less that of negative; Comprehend
 * does not explain its result by words, so the whole text is the only contribution.
 * @param languageCode for texts of which the language is not known
 */
export function comprehendEngine(
  languageCode: LanguageCode,
  client: Pick<Comprehend, 'detectSentiment'>,
): SentimentEngine {
  return {
    name: 'comprehend',
    languages: LANGUAGES,
    /** @throws SentimentEngineError, retryable if Comprehend was busy or could not be reached */
    score: async (text, tag): Promise<Score> => {
      const sent = firstBytes(text, MOST_BYTES);
      if (sent.trim() === '') return { compound: 0, label: 'neutral', contributions: [] };
      const answer = await client
        .detectSentiment({ Text: sent, LanguageCode: tag === undefined ? languageCode : codeOf(tag) })
        .catch((error: unknown) => {
          throw asEngineError(error);
        });
      return scoreOf(sent, answer);
    },
  };
}

/** Comprehend names languages without regions, but for the traditional script of Chinese. */
function codeOf(tag: string): LanguageCode {
  const language = baseLanguage(tag);
  return (language === 'zh' && /-(?:Hant|TW|HK|MO)\b/i.test(tag) ? 'zh-TW' : language) as LanguageCode;
}

function scoreOf(text: string, answer: DetectSentimentCommandOutput): Score {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) throw new SentimentEngineError('Comprehend answered without a sentiment.', true);
  const { Sentiment, SentimentScore } = parsed.data;
  const compound = Math.max(-1, Math.min(1, SentimentScore.Positive - SentimentScore.Negative));
  const because = Object.entries(SentimentScore).map(([name, share]) => `${Math.round(share * 100)}% ${name}`);
  const whole = { text, start: 0, end: text.length, valence: compound, because };
  return { compound, label: LABELS[Sentiment], contributions: [whole] };
}

/** The longest prefix of a text that has at most `most` bytes and ends with a whole character. */
function firstBytes(text: string, most: number): string {
  if (text.length * 3 <= most) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(most));
  return text.slice(0, read);
}

function asEngineError(error: unknown): SentimentEngineError {
  const { name = 'Error', message = '', $metadata } = error as Partial<ComprehendServiceException>;
  const status = $metadata?.httpStatusCode;
  const isRetryable = status === undefined || status >= 500 || /Throttl|TooManyRequests/.test(name);
  return new SentimentEngineError(`Comprehend did not score: ${name}: ${message}`, isRetryable, { cause: error });
}
