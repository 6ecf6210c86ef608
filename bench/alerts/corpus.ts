import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { initialCall, type CallState, type ScoredUtterance } from '#core/call/state.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';

const conversationSchema = z.object({
  id: z.string(),
  turns: z.array(z.object({ side: z.enum(['caller', 'agent']), text: z.string() })),
});

/** A conversation as a call would have it. */
export interface CorpusCall {
  readonly id: string;
  readonly state: CallState;
  readonly utterances: readonly ScoredUtterance[];
}

/** Typed turns have no times: this pace of speech, and this pause between turns. */
const WORD_MS = 350;
const PAUSE_MS = 1_000;

/** Reads a corpus, a conversation a line: `{"id", "turns": [{"side": "caller" | "agent", "text"}]}`. */
export function readCorpus(file: string): CorpusCall[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => callOf(conversationSchema.parse(JSON.parse(line))));
}

function callOf({ id, turns }: z.infer<typeof conversationSchema>): CorpusCall {
  const head = { callId: id, relayId: 'corpus', pbx: 'corpus', callStartedAt: 0 };
  let atMs = 0;
  const spoken = turns.filter(({ text }) => text.trim() !== '');
  const utterances = spoken.map(({ side, text }, at): ScoredUtterance => {
    const startMs = atMs + PAUSE_MS;
    const endMs = (atMs = startMs + text.trim().split(/\s+/).length * WORD_MS);
    return {
      type: 'UtteranceTranscribed',
      version: 1,
      ...head,
      seq: at + 1,
      channel: side,
      startMs,
      endMs,
      text,
      engine: 'corpus',
      spokenAt: endMs,
      transcribedAt: endMs,
      publishedAt: endMs,
      ingestedAt: endMs,
      score: scoreUtterance(text),
    };
  });
  return { id, state: initialCall(head), utterances };
}
