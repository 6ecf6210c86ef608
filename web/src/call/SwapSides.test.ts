/** @jest-environment jsdom */
import { effectScope, shallowRef } from 'vue';
import { applyMessage, emptyBoard, openTranscript } from '../live/board.ts';
import { callSummary, STARTED_AT, utterance } from '../live/example.ts';
import { fakeLive } from '../live/live.fake.ts';
import { mounted } from '../live/mount.fake.ts';
import { ApiError } from '../session/api-error.ts';
import { useOpenCall } from './open-call.ts';
import { withSpokenFigures } from './spoken-figures.ts';
import SwapSides from './SwapSides.vue';

const callWith = (swappedAfter: number[]) =>
  callSummary('a', { version: swappedAfter.length + 1, metadata: { swappedAfter } });

test('asks for the sides the other way round, and for what they were again', async () => {
  const asked: unknown[] = [];
  const told: string[] = [];
  const { page, setProps } = mounted(SwapSides, {
    props: { call: callWith([]), status: '', 'onUpdate:status': (status: string) => told.push(status) },
    api: { swapSides: (...args) => Promise.resolve(void asked.push(args)) },
  });
  const button = page.get('button');
  expect(button.attributes('aria-pressed')).toBe('false');
  await button.trigger('click');
  await setProps({ call: callWith([2]) });
  expect(button.attributes('aria-pressed')).toBe('true');
  await button.trigger('click');
  expect(asked).toEqual([
    ['a', true],
    ['a', false],
  ]);
  expect(told[0]).toContain('The relay is told');
});

test('says why they cannot be swapped', async () => {
  const told: string[] = [];
  const { page } = mounted(SwapSides, {
    props: { call: callWith([]), status: '', 'onUpdate:status': (status: string) => told.push(status) },
    api: {
      swapSides: () => Promise.reject(new ApiError('refused', 'The relay of this call is offline.', { status: 409 })),
    },
  });
  await page.get('button').trigger('click');
  await page.vm.$nextTick();
  expect(told.at(-1)).toContain('offline');
});

test('a swap counts for the lines of before, too', () => {
  const words = [utterance('a', 1, 0, 'agent'), utterance('a', 2, 0, 'caller'), utterance('a', 3, 0, 'agent')];
  const boardWith = (swappedAfter: number[]) =>
    applyMessage(
      applyMessage(
        openTranscript(emptyBoard, 'a'),
        { type: 'overview', pushedAt: STARTED_AT, calls: [callWith(swappedAfter)] },
        STARTED_AT,
      ),
      { type: 'call', pushedAt: STARTED_AT, callId: 'a', utterances: words, alerts: [] },
      STARTED_AT,
    );
  const scope = effectScope();
  scope.run(() => {
    const live = fakeLive(boardWith([]));
    const { lines } = useOpenCall(live, shallowRef('a'));
    expect(lines.value.map(({ channel }) => channel)).toEqual(['agent', 'caller', 'agent']);
    live.board.value = boardWith([2]);
    expect(lines.value.map(({ channel }) => channel)).toEqual(['caller', 'agent', 'agent']);
  });
  scope.stop();
});

test('the figures of a call whose sides were swapped are those of who spoke', () => {
  const words = [utterance('a', 1, -0.6, 'agent'), utterance('a', 2, 0, 'caller'), utterance('a', 3, 0.6, 'agent')];
  expect(withSpokenFigures(callWith([]), words)).toEqual(callWith([]));
  const { channels } = withSpokenFigures(callWith([1]), words);
  expect(channels).toMatchObject({
    agent: { utterances: 2, speechMs: 1_600, positive: 1, negative: 1 },
    caller: { utterances: 1, neutral: 1 },
  });
});
