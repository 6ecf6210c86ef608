import fc from 'fast-check';
import { AUDIT_DAYS, auditPersonOf, auditRowOf, auditRowSchema, auditWordsOf } from './audit.ts';
import { changesBetween } from './changes.ts';
import { hostileText } from './text/hostile-text.ts';

const head = { id: 'x', at: 1_795_399_200_000, kind: 'rules' as const, by: { sub: 'u-1', name: 'Ada' } };

describe('a row of the audit', () => {
  it('says in words what was changed', () => {
    const before = { name: 'Refund', level: 'warning', scope: {}, condition: { phrases: ['refund'] } };
    const after = {
      ...before,
      level: 'urgent',
      scope: { inGroups: ['SAVE'] },
      condition: { phrases: ['refund', 'money'] },
    };
    const row = auditRowOf({ what: 'Saved the rule “Refund”.', changes: changesBetween(before, after) }, head);
    expect(auditRowSchema.parse(row)).toEqual({
      ...head,
      what: 'Saved the rule “Refund”.',
      changes: ['level: warning → urgent', 'scope in groups: none → SAVE', 'condition phrases: refund → refund, money'],
    });
    expect(auditWordsOf(row)).toContain('refund, money');
    expect(auditPersonOf(row)).toBe('ada u-1');
  });

  it('does not show the values of hidden fields', () => {
    const changes = changesBetween({ a: '6001', b: '6002' }, { a: '6003', c: '6004' }, () => true);
    expect(changes).toEqual([{ field: 'a' }, { field: 'c', after: 'set' }, { field: 'b', before: 'set' }]);
    expect(auditRowOf({ what: '', changes }, head).changes).toEqual(['a changed', 'c: none → set', 'b: set → none']);
  });

  it('reads as it was written, and takes less than 64 KB with the words that are searched, whatever is changed', () => {
    const big = fc.dictionary(hostileText, fc.oneof(hostileText, fc.array(hostileText)), { maxKeys: 200 });
    const huge = fc
      .integer({ min: 1, max: 200 })
      .map((n) => Object.fromEntries(Array.from({ length: n }, (_, index) => [`field${index}`, '説'.repeat(5000)])));
    fc.assert(
      fc.property(fc.oneof(big, huge), hostileText, (after, what) => {
        const row = auditRowOf({ what, changes: changesBetween({}, after) }, { ...head, sourceIp: what });
        expect(auditRowSchema.parse(row)).toEqual(row);
        const stored = { ...row, words: auditWordsOf(row), person: auditPersonOf(row) };
        expect(Buffer.byteLength(JSON.stringify(stored))).toBeLessThan(65_536);
      }),
    );
  });

  it('is kept for more than a year', () => {
    expect(AUDIT_DAYS).toBeGreaterThan(366);
  });
});
