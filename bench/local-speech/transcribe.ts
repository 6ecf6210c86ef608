import { readdirSync, readFileSync } from 'node:fs';
import { bytesOf } from '../../edge-relay/audio/samples.ts';
import { type SttConnection, type SttEngine, SttError, type SttListener } from '../../edge-relay/stt/engine.ts';
import type { Spoken } from './corpus.ts';

const STEP_MS = 100;
/** Before and after a recording, as on a telephone: so quiet that it is nearly nothing. */
const AROUND_MS = 300;

/** The texts of a recording, as fast as the engine makes them. */
export async function transcribe(engine: SttEngine, spoken: Spoken): Promise<string> {
  const texts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const listener = listenerOf({
      final: ({ text }) => texts.push(text),
      closed: (error) => {
        if (error) reject(error);
        else resolve();
      },
    });
    openWhenReady(engine, spoken.sampleRate, listener).then((connection) => {
      const audio = Buffer.concat([quiet(spoken), Buffer.from(bytesOf(spoken.samples)), quiet(spoken)]);
      const stepBytes = STEP_MS * 2 * (spoken.sampleRate / 1_000);
      for (let at = 0; at < audio.length; at += stepBytes) connection.send(audio.subarray(at, at + stepBytes));
      connection.finish();
    }, reject);
  });
  return texts.filter(Boolean).join(' ');
}

/** On a busy machine an engine may be late for a moment, and refuse. */
async function openWhenReady(
  engine: SttEngine,
  sampleRate: Spoken['sampleRate'],
  listener: SttListener,
): Promise<SttConnection> {
  for (;;) {
    try {
      return await engine.open({ sampleRate, channelCount: 1 }, { channels: ['caller'] }, listener);
    } catch (error) {
      if (!(error instanceof SttError) || !error.retryable) throw error;
      await new Promise((resolve) => setTimeout(resolve, 1_000));
    }
  }
}

function quiet({ sampleRate }: Spoken): Buffer {
  const samples = Int16Array.from({ length: AROUND_MS * (sampleRate / 1_000) }, (_, i) => ((i * 7_919) % 5) - 2);
  return Buffer.from(bytesOf(samples));
}

function listenerOf(listener: Pick<SttListener, 'final' | 'closed'> & Partial<SttListener>): SttListener {
  return { partial: () => undefined, endpoint: () => undefined, lost: () => undefined, ...listener };
}

interface Load {
  readonly legs: number;
  readonly seconds: number;
  /** Whether somebody watches all of them. */
  readonly isWatched: boolean;
}

interface LoadFindings {
  /** Milliseconds from the end of what was said, as it was sent, to its final; sorted. */
  readonly latenciesMs: readonly number[];
  readonly partials: number;
  readonly coreSeconds: number;
  readonly audioSeconds: number;
}

/** Several legs in real time, each with one recording after another and a second of quiet between. */
export async function play(
  engine: SttEngine,
  corpus: readonly Spoken[],
  { legs, seconds, isWatched }: Load,
): Promise<LoadFindings> {
  const narrow = corpus.filter(({ sampleRate }) => sampleRate === 8_000);
  const latenciesMs: number[] = [];
  let partials = 0;
  const startedAt = performance.now();
  const cpuBefore = coreSeconds();
  await Promise.all(
    Array.from({ length: legs }, async (_, leg) => {
      const beganAt = performance.now() + (leg * STEP_MS) / legs;
      let close: () => void = () => undefined;
      const closed = new Promise<void>((resolve) => (close = resolve));
      const listener = listenerOf({
        partial: () => partials++,
        final: ({ words }) => {
          const last = words.at(-1);
          if (last) latenciesMs.push(performance.now() - (beganAt + last.endMs));
        },
        closed: () => {
          close();
        },
      });
      const connection = await engine.open(
        { sampleRate: 8_000, channelCount: 1 },
        { channels: ['caller'], isWatched: () => isWatched },
        listener,
      );
      await sendInRealTime(connection, talk(narrow, leg, seconds), beganAt);
      connection.finish();
      await closed;
    }),
  );
  return {
    latenciesMs: latenciesMs.sort((a, b) => a - b),
    partials,
    coreSeconds: coreSeconds() - cpuBefore,
    audioSeconds: ((performance.now() - startedAt) / 1_000) * legs,
  };
}

function talk(corpus: readonly Spoken[], leg: number, seconds: number): Buffer {
  const parts: Buffer[] = [];
  for (let i = leg * 7, bytes = 0; bytes < seconds * 16_000; i++) {
    const spoken = corpus[i % corpus.length] as Spoken;
    parts.push(quiet(spoken), Buffer.from(bytesOf(spoken.samples)), quiet(spoken), quiet(spoken));
    bytes = parts.reduce((sum, { length }) => sum + length, 0);
  }
  return Buffer.concat(parts).subarray(0, seconds * 16_000);
}

async function sendInRealTime(connection: SttConnection, audio: Buffer, beganAt: number): Promise<void> {
  for (let at = 0; at < audio.length;) {
    const dueAt = beganAt + at / 16 + STEP_MS;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueAt - performance.now())));
    const end = Math.min(audio.length, Math.floor((performance.now() - beganAt) / STEP_MS) * STEP_MS * 16);
    if (end > at) connection.send(audio.subarray(at, end));
    at = Math.max(at, end);
  }
}

const TICKS_PER_SECOND = 100;

/** Processor time of this process and of those that it has started and that run, as Linux counts it. */
export function coreSeconds(): number {
  const { user, system } = process.cpuUsage();
  const children = childProcesses().map((pid) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
  });
  return (user + system) / 1e6 + children.reduce((sum, seconds) => sum + seconds, 0);
}

/** Memory of this process, or of the largest that it has started where that is where the model is. */
export function memoryMegabytes(): number {
  const sizes = childProcesses().map(
    (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_000,
  );
  return Math.max(process.memoryUsage.rss() / 1e6, ...sizes);
}

function childProcesses(): string[] {
  return readdirSync('/proc/self/task').flatMap((task) =>
    readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
  );
}
