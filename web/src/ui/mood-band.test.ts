import { moodBand } from './mood-band.ts';

test.each([
  [0.5, 'good'],
  [0.12, 'fair'],
  [0.05, 'fair'],
  [0.049, 'even'],
  [-0.049, 'even'],
  [-0.05, 'poor'],
  [-0.49, 'poor'],
  [-0.5, 'bad'],
])('%d is %s', (value, band) => {
  expect(moodBand(value)).toBe(band);
});
