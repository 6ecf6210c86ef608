/** @jest-environment jsdom */
import { utterance } from '../live/example.ts';
import { mounted } from '../live/mount.fake.ts';
import TranscriptLine from './TranscriptLine.vue';

test('a line that is not scored says so, with its language, and shows no number', () => {
  const { score: _, ...line } = utterance('a', 1);
  const { page, setProps } = mounted(TranscriptLine, {
    props: { line: { ...line, language: { tag: 'nl-NL', from: 'engine' } }, alerts: [] },
  });
  expect(page.text()).toContain('Not scored (Dutch)');
  expect(page.text()).not.toMatch(/[+−]?0\.00|neutral|even/);
  return setProps({ line: utterance('a', 1, 0.5) }).then(() => {
    expect(page.text()).not.toContain('Not scored');
    expect(page.text()).toContain('+0.50');
  });
});
