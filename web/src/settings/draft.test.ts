import { noSettings } from '#core/settings.ts';
import { checkedDraft, draftOf, isSame, newRing, withRing } from './draft.ts';

const stored = { ...noSettings, version: 3, changedBy: { sub: 'u-1', name: 'Ada' }, changedAt: 1 };
const draft = draftOf(stored);

test('a draft keeps the version that was opened, and nothing of who saved it', () => {
  expect(checkedDraft(draft)).toEqual({ settings: { ...noSettings, version: 3 } });
});

test('a level that begins to ring wants extensions first', () => {
  const ringing = withRing(draft, 'critical', newRing('Europe/Berlin'));
  expect(checkedDraft(ringing)).toEqual({
    problems: [{ field: 'ring.critical.extensions', message: 'Give at least one extension to call.' }],
  });
  const complete = withRing(draft, 'critical', { ...newRing('Europe/Berlin'), extensions: ['6005'] });
  expect(checkedDraft(complete)).toHaveProperty('settings');
});

test('what was switched on and off again is no change, in whatever order', () => {
  const ring = { ...newRing('UTC'), extensions: ['6005'] };
  const both = withRing(withRing(draft, 'urgent', ring), 'critical', ring);
  expect(isSame(both, withRing(withRing(draft, 'critical', ring), 'urgent', ring))).toBe(true);
  expect(isSame(both, draft)).toBe(false);
  expect(isSame(withRing(withRing(both, 'urgent', undefined), 'critical', undefined), draft)).toBe(true);
});

test('each wrong field is named', () => {
  const wrong = { ...draft, extensions: [{ email: '', extension: '' }] };
  expect(checkedDraft(wrong)).toMatchObject({
    problems: [{ field: 'extensions.0.email' }, { field: 'extensions.0.extension' }],
  });
});
