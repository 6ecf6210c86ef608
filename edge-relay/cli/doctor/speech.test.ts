import { parseSettings } from '../../config.ts';
import { checkSpeech } from './speech.ts';

const used = { EARSHOT_CONTROL_URL: 'https://api.example', EARSHOT_AMI_HOST: 'pbx', EARSHOT_AMI_SECRET: 'x' };
const check = (settings: Record<string, string>) => checkSpeech(parseSettings(settings));

describe('checkSpeech', () => {
  it('has the program speak', async () => {
    expect(await check(used)).toMatchObject({
      verdict: 'ok',
      found: expect.stringMatching(/speaks for [1-9]/) as string,
    });
  });

  it.each([
    ['earshot-no-such-program', /apt-get install espeak-ng/],
    ['cat', /cat gives no WAV/],
    ['false', /false ended with 1/],
  ])('says what is wrong with %s', async (command, found) => {
    expect(await check({ ...used, EARSHOT_SPEAK_COMMAND: command })).toMatchObject({
      verdict: 'warning',
      found: expect.stringMatching(found) as string,
      advice: expect.stringMatching(/a tone/) as string,
    });
  });

  it('asks for no program where nobody can be called', async () => {
    expect(await check({ EARSHOT_SPEAK_COMMAND: 'earshot-no-such-program' })).toMatchObject({ verdict: 'ok' });
  });
});
