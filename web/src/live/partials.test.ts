import fc from 'fast-check';
import type { Channel } from '#core/ids.ts';
import type { ServerMessage } from '#core/contracts/live.ts';
import { utterance } from './example.ts';
import { noPartials, PARTIAL_LIFE_MS, shownPartials, withoutCall, withPartial, type Partials } from './partials.ts';

const CALL = 'pbx-1';
type PartialMessage = Extract<ServerMessage, { type: 'partial' }>;

function partial(fields: Partial<PartialMessage> = {}): PartialMessage {
  const head = { type: 'partial', pushedAt: 0, callId: CALL, channel: 'caller', startMs: 1000 } as const;
  return { ...head, text: 'i want', heardAt: 5, ...fields };
}

const heard = (...messages: PartialMessage[]): Partials =>
  messages.reduce((partials, message) => withPartial(partials, message, 0), noPartials);
const texts = (partials: Partials, lines: Parameters<typeof shownPartials>[1] = [], now = 0) =>
  shownPartials(partials.get(CALL), lines, now).map(({ text }) => text);

test('the newest words of each side are shown, whatever order they come in', () => {
  const said = (['caller', 'agent'] as Channel[]).flatMap((channel) =>
    [1, 2, 3].map((heardAt) => partial({ channel, heardAt, text: `${channel} ${heardAt}`, startMs: 100 })),
  );
  fc.assert(
    fc.property(fc.shuffledSubarray([...said, ...said], { minLength: said.length * 2 }), (messages) => {
      expect(texts(heard(...messages)).sort()).toEqual(['agent 3', 'caller 3']);
    }),
  );
});

test('what began first stands first', () => {
  const both = heard(partial({ startMs: 900 }), partial({ channel: 'agent', startMs: 300, text: 'well' }));
  expect(texts(both)).toEqual(['well', 'i want']);
});

test('an utterance of its side replaces it, and one that came before does not', () => {
  const partials = heard(partial({ startMs: 1000 }));
  const line = (endMs: number, channel: Channel = 'caller') => ({ ...utterance(CALL, 1, 0, channel), endMs });
  expect(texts(partials, [line(1000)])).toEqual(['i want']);
  expect(texts(partials, [line(2000, 'agent')])).toEqual(['i want']);
  expect(texts(partials, [line(1001)])).toEqual([]);
  // Late words of what is long an utterance do not come back.
  expect(texts(withPartial(partials, partial({ heardAt: 6 }), 0), [line(1001)])).toEqual([]);
});

test('words without news are taken away, and those of a closed call forgotten', () => {
  const partials = heard(partial());
  expect(texts(partials, [], PARTIAL_LIFE_MS - 1)).toEqual(['i want']);
  expect(texts(partials, [], PARTIAL_LIFE_MS)).toEqual([]);
  expect(withoutCall(partials, CALL).size).toBe(0);
  expect(withoutCall(partials, 'other')).toBe(partials);
});
