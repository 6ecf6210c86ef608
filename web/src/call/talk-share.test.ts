import { callSummary } from '../live/example.ts';
import { talkShare } from './talk-share.ts';

test('talk is shared by the time that each side spoke', () => {
  const said = (speechMs: number) => ({ utterances: 1, words: 1, speechMs, positive: 0, neutral: 1, negative: 0 });
  expect(talkShare(callSummary('a', { channels: { agent: said(3000), caller: said(1000) } }))).toEqual({
    agent: 75,
    customer: 25,
  });
  expect(talkShare(callSummary('a'))).toBeUndefined();
});
