import type { RelaySettings } from '../../settings.ts';
import { speak, SPEECH_RATE, SpeechError } from '../../control/speech.ts';
import { type Diagnosis, ok, warning } from './finding.ts';

/** Runs the program that speaks alerts. */
export async function checkSpeech(settings: RelaySettings): Promise<Diagnosis> {
  const { EARSHOT_CONTROL_URL: url, EARSHOT_AMI_HOST: host, EARSHOT_SPEAK_COMMAND: command } = settings;
  if (url === undefined || host === undefined)
    return ok('not used: EARSHOT_CONTROL_URL or EARSHOT_AMI_HOST is not set');
  try {
    const samples = await speak(command, 'Critical alert');
    const seconds = (samples.length / SPEECH_RATE).toFixed(1);
    return samples.length > 0
      ? ok(`${command} speaks for ${seconds} s`)
      : warning(
          `${command} says nothing`,
          'Try it by hand: it must read text and write a WAV. Until then who is called hears a tone.',
        );
  } catch (error) {
    if (!(error instanceof SpeechError)) throw error;
    return warning(error.message, 'Until then who is called for an alert hears a tone alone.');
  }
}
