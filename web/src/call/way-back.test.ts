import { stateOf, wayBack } from './way-back.ts';

test('a call that was opened from a list leads back to it', () => {
  expect(wayBack({ position: 3, ...stateOf('/history?words=lawyer') })).toBe('/history?words=lawyer');
});

test.each([null, undefined, 'text', {}, { earshotList: 7 }, { earshotList: 'https://elsewhere.example' }])(
  'any other state (%j) leads to the live calls',
  (state) => {
    expect(wayBack(state)).toEqual({ name: 'live' });
  },
);
