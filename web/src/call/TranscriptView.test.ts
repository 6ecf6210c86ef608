/** @jest-environment jsdom */
import type { Alert } from '#core/alert.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import { alertOn, utterance } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import type { Moment } from '../ui/moment.ts';
import TranscriptView from './TranscriptView.vue';

const nothing = {
  lines: [] as ScoredUtterance[],
  missing: [] as number[],
  isFilling: false,
  alerts: [] as Alert[],
  isFetched: true,
  marked: undefined as Moment | undefined,
};

function transcript(props: Partial<typeof nothing>) {
  return mounted(TranscriptView, { props: { ...nothing, ...props } }).page;
}

test('an empty transcript says whether nothing was said or nothing was fetched yet', () => {
  expect(transcript({}).get('.empty').text()).toBe('Nothing has been said yet.');
  expect(transcript({ isFetched: false }).get('.empty').text()).toBe('Loading the call…');
});

test('a line says when, who and what, and how it scores in words', () => {
  const page = transcript({ lines: [{ ...utterance('a', 441, -0.71), text: 'my lawyer' }] });
  const line = page.get('[data-seq="441"]');
  expect(line.get('.time').text()).toBe('07:20');
  expect(line.get('.side').text()).toBe('Caller');
  expect(line.get('.text').text()).toBe('my lawyer');
  expect(line.get('.score').attributes('aria-label')).toBe('score −0.71, bad');
});

test('lost audio and lines that did not arrive stand where the words would be', async () => {
  const lines = [utterance('a', 1), { ...utterance('a', 4), gapBeforeMs: 4000 }];
  const { page, setProps } = mounted(TranscriptView, {
    props: { ...nothing, lines, missing: [2, 3], isFilling: true },
  });
  const items = () => page.findAll('ol > li').map((item) => item.text());
  expect(items()[1]).toBe('Fetching 2 lines…');
  expect(items()[2]).toBe('4 s of caller audio lost');
  await setProps({ isFilling: false });
  expect(items()[1]).toBe('2 lines missing');
});

test('the words that set a rule off are marked in their line, with the rule below', () => {
  const reason = { ruleId: 'legal', ruleName: 'Legal threat', ruleVersion: 3, explanation: 'said “my lawyer”' };
  const matches = [{ text: 'my lawyer', start: 5, end: 14 }];
  const alert: Alert = { ...alertOn('a', 2), reasons: [{ ...reason, level: 'urgent', matches }] };
  const lines = [utterance('a', 1), { ...utterance('a', 2), text: 'call my lawyer now' }];
  const page = transcript({ lines, alerts: [alert] });
  expect(page.find('[data-seq="1"] mark').exists()).toBe(false);
  const mark = page.get('[data-seq="2"] mark');
  expect([mark.text(), mark.attributes('data-level'), mark.attributes('title')]).toEqual([
    'my lawyer',
    'urgent',
    'matches Legal threat',
  ]);
  expect(page.get('[data-seq="2"] .reason').text()).toMatch(/Urgent\s*Legal threat, rule v3/);
});

test('words are words: markup that somebody dictates is not drawn', () => {
  const page = transcript({ lines: [{ ...utterance('a', 1), text: '<img src=x onerror=alert(1)>' }] });
  expect(page.find('img').exists()).toBe(false);
  expect(page.get('.text').text()).toBe('<img src=x onerror=alert(1)>');
});

test('the line that a link leads to is marked and has the focus, once the call was fetched', async () => {
  const lines = [utterance('a', 1), utterance('a', 2), utterance('a', 3)];
  const scrolled = jest.fn();
  Element.prototype.scrollIntoView = scrolled;
  const { page, setProps } = mounted(TranscriptView, {
    props: { ...nothing, lines, isFetched: false, marked: { fromMs: 1_000, toMs: 1_999 } },
  });
  expect(page.find('[aria-current]').exists()).toBe(false);
  await setProps({ isFetched: true });
  await page.vm.$nextTick();
  expect(page.get('[aria-current=location] .text').text()).toBe('line 2');
  expect(document.activeElement).toBe(page.get('[aria-current]').element);
  expect(scrolled).toHaveBeenCalledTimes(1);
  await setProps({ lines: [...lines, utterance('a', 4)] });
  await page.vm.$nextTick();
  expect(scrolled).toHaveBeenCalledTimes(1);
});
