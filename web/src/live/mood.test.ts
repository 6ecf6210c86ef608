import { history, utterance } from './example.ts';
import { meanMoodOf, moodLine } from './mood.ts';

test('the customer’s line ends in the mood that the call has, and the agent’s is apart', () => {
  const lines = [-0.9, 0.2, -0.3, -0.7, 0.1, 0.4, -0.2].map((score, index) => utterance('a', index + 1, score));
  const spoken = [...lines, utterance('a', 8, 0.8, 'agent')];
  const { customer, agent } = moodLine(spoken);
  expect(customer.at(-1)?.mood).toBeCloseTo(history('a', spoken).at(-1)?.mood.rolling ?? NaN, 3);
  expect(customer).toHaveLength(7);
  expect(agent).toEqual([{ atMs: 8000, mood: 0.8, seq: 8 }]);
});

test('the mean of a call is of all that the customer said, and of nothing else', () => {
  const lines = [utterance('a', 1, -0.9), utterance('a', 2, 0.8, 'agent'), utterance('a', 3, 0.3)];
  expect(meanMoodOf(lines)).toBeCloseTo(-0.3, 10);
  expect(meanMoodOf(lines.slice(1, 2))).toBeUndefined();
});
