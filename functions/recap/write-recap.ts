import { levelSchema, isImmediate, type Alert } from '#core/alert.ts';
import { inSpokenOrder } from '#core/call/spoken-order.ts';
import { spokenBy } from '#core/call/sides.ts';
import { extractRecap } from '#core/recap/extract.ts';
import { promptOf, sentencesOf, UnreadableAnswerError } from '#core/recap/model.ts';
import { recapSchema, type Recap, type RecapDraft, type RecapInput } from '#core/recap/recap.ts';
import type { StoredCall } from '../adapters/call-table.ts';
import { log } from '../telemetry.ts';
import { ModelError, type LanguageModel } from './models/model.ts';

/** What writing a recap depends on. */
export interface RecapDependencies {
  /** Undefined: recaps are extracted. */
  readonly model: LanguageModel | undefined;
  readonly now: () => number;
  /** Waits before the n-th retry (from 1). */
  readonly pause: (attempt: number) => Promise<void>;
  /** A model that has not answered by then is given up. */
  readonly timeoutMs: number;
}

/** A long call has some 20,000 tokens; of longer ones a part is sent. */
export const MAX_INPUT_TOKENS = 24_000;
const MAX_ATTEMPTS = 3;

/** What is stored of a call, as far as its recap rests on it. */
type Spoken = Readonly<Pick<StoredCall, 'state' | 'utterances' | 'alerts'>>;

/**
 * Writes the recap of a call. Where the model fails, or no sentence of it rests on lines, the extract takes its place
 * and says so.
 * @returns undefined where nothing was said yet
 */
export async function writeRecap(
  call: Spoken,
  { model, now, pause, timeoutMs }: RecapDependencies,
): Promise<Recap | undefined> {
  const input = inputOf(call);
  if (input.lines.length === 0) return undefined;
  const head = {
    isFinal: input.isOver,
    madeAt: now(),
    lastSeq: input.lines.reduce((last, { seq }) => Math.max(last, seq), 0),
    lines: input.lines.length,
  };
  const extract = (fellBack?: string): Recap =>
    recapSchema.parse({
      ...head,
      engine: 'extract',
      ...extractRecap(input),
      ...(fellBack !== undefined && { fellBack }),
    });
  if (!model) return extract();
  try {
    const draft = await draftOf(input, model, { pause, timeoutMs });
    if (draft.sentences.length === 0) return extract('No sentence of the model rested on lines of the call.');
    return recapSchema.parse({ ...head, engine: model.engine, ...draft });
  } catch (error) {
    if (!(error instanceof ModelError) && !(error instanceof UnreadableAnswerError)) throw error;
    log.warn('recap extracted instead of written by the model', {
      callId: call.state.callId,
      engine: model.engine,
      error: error.message,
    });
    return extract(error.message);
  }
}

function inputOf({ state, utterances, alerts }: Spoken): RecapInput {
  const known = utterances.filter(({ conflict }) => conflict === undefined);
  return {
    lines: inSpokenOrder(known).map((line) => ({
      seq: line.seq,
      channel: spokenBy(line, state.metadata),
      text: line.text,
      startMs: line.startMs,
      score: line.score?.compound,
      language: line.language?.tag,
    })),
    alerts: alerts
      .filter((alert) => isImmediate(alert) && alert.follows === undefined && hasWords(alert))
      .map(({ seq, level, reasons }) => ({
        seq,
        ruleName: reasons[0]?.ruleName ?? '',
        severity: levelSchema.options.indexOf(level),
      })),
    isOver: state.status !== 'live',
  };
}

/** What follows from time or from the line's health rests on no words. */
const hasWords = ({ reasons }: Alert) => reasons.some(({ matches }) => matches.length > 0);

async function draftOf(
  input: RecapInput,
  model: LanguageModel,
  { pause, timeoutMs }: Pick<RecapDependencies, 'pause' | 'timeoutMs'>,
): Promise<RecapDraft> {
  const prompt = promptOf(input, MAX_INPUT_TOKENS);
  const signal = AbortSignal.timeout(timeoutMs);
  for (let attempt = 1; ; attempt++) {
    try {
      const { text, usage } = await model.ask(prompt, signal);
      const sentences = sentencesOf(text, prompt, input.isOver);
      return { sentences, model: model.name, ...(usage && { usage }) };
    } catch (error) {
      const mayRetry = error instanceof ModelError || error instanceof UnreadableAnswerError;
      if (!mayRetry || !error.retryable || attempt >= MAX_ATTEMPTS || signal.aborted) throw error;
      await pause(attempt);
    }
  }
}
