import { filledFieldsOf, searchIn } from '../session/search-fields.ts';
import { auditFields, queryOf } from './audit-query.ts';

const searchOf = (address: object) => searchIn(auditFields, { ...address });
const emptySearch = searchOf({});

test('an address holds the search, and nothing that is not one', () => {
  const search = searchOf({ person: 'ada', kind: 'rules', page: '3', text: ['a', 'b'] });
  expect(search).toEqual({ ...emptySearch, person: 'ada', kind: 'rules' });
  expect(filledFieldsOf({ ...search, text: '  ' })).toEqual({ person: 'ada', kind: 'rules' });
});

test('a search becomes a query, unless it asks for what there is not', () => {
  expect(queryOf(emptySearch)).toEqual({});
  expect(queryOf({ ...emptySearch, text: ' refund ', from: '2026-11-23' })).toEqual({
    text: 'refund',
    from: '2026-11-23',
  });
  expect(queryOf({ ...emptySearch, kind: 'constructor' })).toBeUndefined();
  expect(queryOf({ ...emptySearch, from: 'yesterday' })).toBeUndefined();
});
