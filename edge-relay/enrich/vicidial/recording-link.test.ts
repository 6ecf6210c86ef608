import { type RecordingFile, recordingUrlOf } from './recording-link.ts';

const nowhere = { baseUrl: undefined, dateFolder: '', suffix: '-all.mp3' };
const served = { baseUrl: 'https://rec.example/RECORDINGS/MP3', dateFolder: '', suffix: '-all.mp3' };
const recording: RecordingFile = {
  filename: '20261123-140502_2079460123_SAVE',
  location: undefined,
  day: '2026-11-23',
  isOver: true,
};

describe('recordingUrlOf', () => {
  it('is what ViciDial says, where that is an address', () => {
    const location = 'http://10.0.0.5/RECORDINGS/MP3/20261123-140502_2079460123_SAVE-all.mp3';
    expect(recordingUrlOf({ ...recording, location }, nowhere)).toBe(location);
    expect(recordingUrlOf({ ...recording, location }, served)).toBe(location);
  });

  it('is a path below where recordings are served', () => {
    const location = '/RECORDINGS/2026-11-23/a b.mp3';
    expect(recordingUrlOf({ ...recording, location }, served)).toBe(
      'https://rec.example/RECORDINGS/2026-11-23/a%20b.mp3',
    );
    expect(recordingUrlOf({ ...recording, location }, nowhere)).toBeUndefined();
  });

  it.each([
    ['', 'https://rec.example/RECORDINGS/MP3/20261123-140502_2079460123_SAVE-all.mp3'],
    ['YYYY-MM-DD', 'https://rec.example/RECORDINGS/MP3/2026-11-23/20261123-140502_2079460123_SAVE-all.mp3'],
    ['YYYY/MM/DD/', 'https://rec.example/RECORDINGS/MP3/2026/11/23/20261123-140502_2079460123_SAVE-all.mp3'],
  ])('is the file’s name below the folder of its day (%j)', (dateFolder, url) => {
    expect(recordingUrlOf(recording, { ...served, dateFolder })).toBe(url);
  });

  it('keeps what stands in a name out of the path', () => {
    const url = recordingUrlOf({ ...recording, filename: '../../etc/pass wd?x#y' }, served);
    expect(url).toBe('https://rec.example/RECORDINGS/MP3/..%2F..%2Fetc%2Fpass%20wd%3Fx%23y-all.mp3');
  });

  it.each([
    ['while it is being recorded', { ...recording, isOver: false }, served],
    ['once it is deleted', { ...recording, location: 'DELETED' }, served],
    ['without a place', recording, nowhere],
    ['without a day for its folder', { ...recording, day: undefined }, { ...served, dateFolder: 'YYYY' }],
    ['where it is no web address', { ...recording, location: 'javascript:alert(1)' }, served],
    ['where it is no address at all', { ...recording, location: 'http://' }, served],
  ])('is not known %s', (_when, one, place) => {
    expect(recordingUrlOf(one, place)).toBeUndefined();
  });
});
