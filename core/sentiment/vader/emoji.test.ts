import { originOf, spellOutEmoji } from './emoji.ts';

it.each([
  ['😀', 'grinning face'],
  ['😀😀', 'grinning face grinning face'],
  ['so 😀 now', 'so grinning face now'],
  ['so😀now', 'so grinning facenow'],
  ['©', 'copyright'],
])('spells %s out as VADER reads it', (text, expected) => {
  expect(spellOutEmoji(text)?.text).toBe(expected);
});

it('leaves a text without emoji alone', () => {
  expect(spellOutEmoji('na ’n Übung 漢')).toBeUndefined();
});

it('maps each character to its origin', () => {
  const text = 'so😀now 💘!';
  const spelt = spellOutEmoji(text);
  if (!spelt) throw new Error('nothing was spelt out');
  const originals = Array.from({ length: spelt.text.length }, (_, at) => {
    const { start, end } = originOf(spelt, at);
    return text.slice(start, end);
  });
  expect(spelt.text).toBe('so grinning facenow heart with arrow!');
  expect(originals).toEqual([
    ...['s', 'o'],
    ...Array<string>(' grinning face'.length).fill('😀'),
    ...['n', 'o', 'w', ' '],
    ...Array<string>('heart with arrow'.length).fill('💘'),
    '!',
  ]);
});
