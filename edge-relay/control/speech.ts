import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { Resampler } from '../audio/resampler.ts';
import { readWav } from '../audio/wav.ts';

/** The program did not speak; the message says why, and what to do about it. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
}

const TIME_LIMIT_MS = 5_000;
/** A telephone's rate. */
export const SPEECH_RATE = 8_000;

/**
 * Has a program on this host speak a sentence: it reads text from its input and writes a WAV to its output.
 * @param command program and arguments, separated by spaces
 * @returns samples at 8 kHz
 * @throws {SpeechError}
 */
export async function speak(command: string, sentence: string, limitMs = TIME_LIMIT_MS): Promise<Int16Array> {
  const [program = '', ...args] = command.split(/\s+/);
  // Not spawn's own `timeout`: its timer outlives a program that is not there.
  const limit = AbortSignal.timeout(limitMs);
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'], signal: limit });
  // A program that does not read, or does not exist, is reported by its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.end(`${sentence.replace(/\s+/g, ' ')}\n`);
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  const [[code, signal], wav] = await Promise.all([closed, buffer(child.stdout)]).catch((error: unknown) => {
    if (limit.aborted) throw new SpeechError(`${program} took more than ${limitMs / 1_000} s`, { cause: error });
    const { code, message } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOENT' ? 'install it (apt-get install espeak-ng) or set EARSHOT_SPEAK_COMMAND' : message;
    throw new SpeechError(`${program} cannot be run: ${reason}`, { cause: error });
  });
  if (code !== 0) throw new SpeechError(`${program} ended with ${String(code ?? signal)}`);
  return telephoneSamples(wav, program);
}

function telephoneSamples(wav: Buffer, program: string): Int16Array {
  try {
    const { sampleRate, channels } = readWav(wav);
    const samples = channels[0] ?? new Int16Array(0);
    return sampleRate === SPEECH_RATE ? samples : new Resampler(sampleRate, SPEECH_RATE).push(samples);
  } catch (error) {
    throw new SpeechError(`${program} gives no WAV: ${(error as Error).message}`, { cause: error });
  }
}
