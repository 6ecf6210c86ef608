import { topicMessages } from './messages.ts';

describe('the change of a topic', () => {
  it.each([
    [{ calls: 14, callsBefore: 10 }, { calls: 100, callsBefore: 100 }, '+40 %'],
    [{ calls: 20, callsBefore: 10 }, { calls: 200, callsBefore: 100 }, 'as before'],
    [{ calls: 5, callsBefore: 10 }, { calls: 100, callsBefore: 100 }, '−50 %'],
    [{ calls: 5, callsBefore: 0 }, { calls: 100, callsBefore: 100 }, 'new'],
    [{ calls: 5, callsBefore: 0 }, { calls: 100, callsBefore: 0 }, ''],
    [{ calls: 3, callsBefore: 1 }, { calls: 100, callsBefore: 100 }, 'too few calls'],
  ])('of %j among %j is “%s”', (topic, all, words) => {
    expect(topicMessages.change(topic, all)).toBe(words);
  });
});
