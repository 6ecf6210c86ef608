/** @jest-environment jsdom */
import { RouterLinkStub } from '@vue/test-utils';
import type { Alert } from '#core/alert.ts';
import { alertOn, callSummary, STARTED_AT, utterance, withMood } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import type { CallRow } from '../live/screen.ts';
import CallListRow from './CallListRow.vue';
import WallboardRow from './WallboardRow.vue';

const now = STARTED_AT + 120_000;

function card(fields: Partial<CallRow['call']>, rest: Partial<CallRow> = {}) {
  const row: CallRow = { call: callSummary('a', fields), health: { kind: 'hearing' }, lengthMs: 461_000, ...rest };
  return mounted(CallListRow, { props: { row, now, density: 'roomy' } }).page;
}

const metadata = {
  agent: { id: '7', name: 'Dana W.' },
  caller: { number: '+4930123456', name: 'Smith' },
  campaign: 'Retention',
  inGroup: 'SAVE',
};

test('says who, how long, how it goes, and what was said last by whom', () => {
  const { seq, channel, startMs, endMs, text } = { ...utterance('a', 3, -0.62), text: 'my lawyer' };
  const lastUtterance = { seq, channel, startMs, endMs, text, score: -0.62, label: 'negative' as const };
  const page = card({ metadata, openLevel: 'urgent', ...withMood(-0.62), lastUtterance });
  expect(page.text()).toContain('Dana W.');
  expect(page.text()).toContain('Urgent');
  expect(page.text()).toContain('7:41');
  expect(page.text()).toMatch(/−0\.62\s*bad/);
  expect(page.get('.words').text()).toMatch(/^Caller:\s*my lawyer$/);
  expect(page.get('.campaign').text()).toBe('Retention · SAVE');
  expect(page.getComponent(RouterLinkStub).props('to')).toEqual({ name: 'call', params: { callId: 'a' } });
});

test('a call with an open alert says why in place of what was said last, and since when nobody took a critical one', () => {
  const { seq, channel, startMs, endMs } = utterance('a', 3);
  const lastUtterance = { seq, channel, startMs, endMs, text: 'one moment', score: 0, label: 'neutral' as const };
  const raised = alertOn('a', 30);
  const gravest: Alert = {
    ...raised,
    level: 'critical',
    reasons: raised.reasons.map((reason) => ({
      ...reason,
      ruleName: 'Legal threat',
      matches: [{ text: 'my lawyer', start: 18, end: 27 }],
    })),
  };
  const page = card({ metadata, openLevel: 'critical', lastUtterance }, { gravest });
  expect(page.get('.why').text()).toBe('Legal threat: … my lawyer');
  expect(page.text()).toContain('not taken for 01:30');
  expect(page.text()).not.toContain('one moment');
  const props = { row: { call: callSummary('a'), health: { kind: 'hearing' }, lengthMs: 461_000, gravest }, now };
  const wall = mounted(WallboardRow, { props }).page;
  expect(wall.text()).toContain('Legal threat: … my lawyer');
  expect(wall.text()).toContain('not taken for 01:30');
});

test('a name written from the right stands apart from what is around it', () => {
  const page = card({ metadata: { ...metadata, agent: { id: '7', name: 'דנה 7' }, queue: 'q', inGroup: 'שירות' } });
  expect(page.findAll('bdi').map((name) => name.text())).toEqual(['דנה 7', 'Retention', 'שירות']);
  expect(page.get('.campaign').text()).toBe('Retention · שירות');
});

test('shows no more of a caller’s number than its last four digits', () => {
  const html = card({ metadata }).html();
  expect(html).toContain('…3456');
  expect(html).not.toContain('12345');
});

test('without a word there is no mood, and the row says that nothing was said', () => {
  const page = card({ metadata: {} });
  expect(page.text()).toContain('Unknown agent');
  expect(page.get('.words').text()).toBe('nothing said yet');
  expect(page.find('.mood').exists()).toBe(false);
});

test('a leg that is not heard is said where the reader looks', () => {
  const page = card({}, { health: { kind: 'unheard', channel: 'agent', ms: 12_000 } });
  expect(page.get('.unwell').text()).toBe('no audio from agent 12 s');
});

test('a call that ended says so in place of its hearing, and a lost one says that it was lost', () => {
  const over = { at: now - 5000, reason: 'hangup' as const };
  expect(card({}, { over }).text()).toContain('ended 00:05 ago');
  const lost = card({}, { over: { ...over, reason: 'lost' }, health: { kind: 'lost', ms: 25_000 } });
  expect(lost.get('.unwell').text()).toBe('lost: relay silent 25 s');
  expect(lost.find('.ended').exists()).toBe(false);
});

test('text of the demo engine is not taken for a real transcript', () => {
  expect(card({ engine: 'pocketsphinx' }).text()).toContain('demo engine');
  expect(card({ engine: 'deepgram' }).text()).not.toContain('engine');
});
