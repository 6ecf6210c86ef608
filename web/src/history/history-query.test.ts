import { filledFieldsOf, searchIn } from '../session/search-fields.ts';
import { checked, historyFields } from './history-query.ts';

const searchOf = (address: object) => searchIn(historyFields, { ...address });
const emptySearch = searchOf({});

test('an address holds the search, and unknown things in it are nothing', () => {
  const search = searchOf({ words: 'my lawyer', from: '2026-03-01', other: 'x', agent: ['a', 'b'] });
  expect(search).toEqual({ ...emptySearch, words: 'my lawyer', from: '2026-03-01' });
  expect(searchOf(filledFieldsOf(search))).toEqual(search);
});

test('only what was filled in is asked for, with days by the reader’s clocks', () => {
  expect(checked({ ...emptySearch, number: '4567', campaign: '  ' }, 'Europe/Berlin')).toEqual({
    query: { number: '4567', timeZone: 'Europe/Berlin' },
  });
});

test('a bad field is named before anything is asked', () => {
  const answer = checked({ ...emptySearch, number: '45', from: 'yesterday' }, 'UTC');
  expect(Object.keys('problems' in answer ? answer.problems : {})).toEqual(['number', 'from']);
});
