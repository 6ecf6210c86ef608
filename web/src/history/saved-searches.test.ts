/** @jest-environment jsdom */
import { nextTick } from 'vue';
import { savedSearchesOf, withSearch } from './saved-searches.ts';

beforeEach(() => {
  localStorage.clear();
});

test('a person’s searches are kept in this browser, and nobody else’s are shown', async () => {
  const mine = savedSearchesOf('u-1');
  mine.value = withSearch(mine.value, { name: ' Lawyers ', fields: { words: 'my lawyer' } });
  await nextTick();
  expect(savedSearchesOf('u-1').value).toEqual([{ name: 'Lawyers', fields: { words: 'my lawyer' } }]);
  expect(savedSearchesOf('u-2').value).toEqual([]);
});

test.each(['no json', '{}', '[{"name":7}]'])('%s in their place counts as none', (kept) => {
  localStorage.setItem('earshot.searches.u-1', kept);
  expect(savedSearchesOf('u-1').value).toEqual([]);
});

test('a name is used once, no name is none, and of too many the oldest go', () => {
  const first = { name: 'A', fields: { words: 'a' } };
  expect(withSearch([first], { name: 'A', fields: { words: 'b' } })).toEqual([{ name: 'A', fields: { words: 'b' } }]);
  expect(withSearch([first], { name: '  ', fields: {} })).toEqual([first]);
  const many = Array.from({ length: 30 }, (_, index) => ({ name: String(index), fields: {} }));
  expect(withSearch(many, first).map(({ name }) => name)).toEqual([...many.slice(1).map(({ name }) => name), 'A']);
});
