import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Step } from './progress.ts';
import { prepareSpeech } from './speech.ts';

describe('the speech engine of a run', () => {
  let models: string;
  let shown: string[];
  beforeEach(() => {
    models = mkdtempSync(join(tmpdir(), 'earshot-models-'));
    shown = [];
  });
  afterEach(() => {
    rmSync(models, { recursive: true });
  });
  const step: Step = async (title, work, note) => {
    const result = await work((text) => shown.push(text));
    shown.push(`${title}: ${note?.(result) ?? ''}`);
    return result;
  };
  const never = () => Promise.reject(new Error('not to be asked'));

  it('is local, with its model fetched once and progress shown', async () => {
    const fetchModel = (name: string, into: string, progress: (text: string) => void) => {
      progress('12 of 56 MB');
      mkdirSync(join(into, name));
      return Promise.resolve();
    };
    const speech = { engine: 'local', settings: { EARSHOT_LOCAL_MODEL: join(models, 'moonshine-tiny-en') } };
    expect(await prepareSpeech('local', { models, step, fetchModel })).toEqual(speech);
    expect(shown).toEqual(['12 of 56 MB', 'Speech model: moonshine-tiny-en']);
    expect(await prepareSpeech('local', { models, step, fetchModel: never })).toEqual(speech);
    expect(shown).toHaveLength(2);
  });

  it('is PocketSphinx where the model cannot be had, which is said with the reason', async () => {
    const fetchModel = () => Promise.reject(new Error('there is no network'));
    expect(await prepareSpeech('local', { models, step, fetchModel })).toEqual({
      engine: 'pocketsphinx',
      settings: {},
      fallbackReason: 'there is no network',
    });
    expect(shown).toEqual(['Speech model: none, PocketSphinx transcribes instead: there is no network']);
  });

  it('is another one where that is asked for', async () => {
    expect(await prepareSpeech('deepgram', { models, step, fetchModel: never })).toEqual({
      engine: 'deepgram',
      settings: {},
    });
    expect(shown).toEqual([]);
  });
});
