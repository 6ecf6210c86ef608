import type { CallCompleted, CoreEvent } from '#core/contracts/events.ts';
import { earlierCallOf } from '#core/call/earlier-call.ts';
import { spokenBy } from '#core/call/sides.ts';
import { isCustomer } from '#core/ids.ts';
import { baseLanguage } from '#core/language.ts';
import { keyphrasesOf } from '#core/topics/keyphrases.ts';
import type { Recap } from '#core/recap/recap.ts';
import type { CallTable, StoredCall } from '../adapters/call-table.ts';
import type { CallerTable } from '../adapters/caller-table.ts';
import type { EventBus } from '../adapters/event-bus.ts';
import type { RecapTable } from '../adapters/recap-table.ts';
import { log } from '../telemetry.ts';
import { writeRecap, type RecapDependencies } from './write-recap.ts';

/** What the recap of a call that is over depends on. */
export interface RecapCallDependencies extends RecapDependencies {
  readonly calls: Pick<CallTable, 'detail'>;
  readonly recaps: Pick<RecapTable, 'load' | 'putFinal'>;
  readonly callers: Pick<CallerTable, 'put'>;
  readonly bus: Pick<EventBus, 'publish'>;
}

/**
 * Writes, stores and publishes the recap of a call that is over. Repeated for the same lines, it asks no model again.
 * @throws PublishError
 */
export async function recapCall(event: CallCompleted, dependencies: RecapCallDependencies): Promise<void> {
  const { calls, recaps, callers, bus } = dependencies;
  const { callId } = event;
  const call = await calls.detail(callId);
  if (!call) {
    log.info('no recap of a call that is not stored', { callId });
    return;
  }
  const recap = (await storedRecap(call, dependencies)) ?? (await writeRecap(call, dependencies));
  if (recap && !(await recaps.putFinal(call.state, recap, topicsIn(call)))) {
    log.info('no recap of a call that was deleted', { callId });
    return;
  }
  await callers.put(earlierCallOf(call, recap));
  const summarized: CoreEvent = { ...event, type: 'CallSummarized', ...(recap && { recap }) };
  await bus.publish([summarized]);
  if (recap) logWritten(callId, recap);
}

/** What the customer talked about, in the languages whose stop words are known. */
function topicsIn({ state, utterances }: StoredCall): string[] {
  const lines = utterances.filter(
    (line) =>
      isCustomer(spokenBy(line, state.metadata)) &&
      (line.language === undefined || baseLanguage(line.language.tag) === 'en'),
  );
  return keyphrasesOf(lines.map(({ text }) => text));
}

/** The recap that is stored, where it is of the same lines and no attempt of the model is missing. */
async function storedRecap(
  { state, utterances }: StoredCall,
  { recaps, model }: RecapCallDependencies,
): Promise<Recap | undefined> {
  if (!model) return undefined;
  const stored = await recaps.load(state.callId, { isFinal: true });
  const lines = utterances.filter(({ conflict }) => conflict === undefined).length;
  return stored?.engine === model.engine && stored.model === model.name && stored.lines === lines ? stored : undefined;
}

function logWritten(callId: string, { engine, model, sentences, usage }: Recap): void {
  log.info('call recapped', { callId, engine, model, sentences: sentences.length, ...usage });
}
