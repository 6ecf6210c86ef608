import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Benchmark, Figures } from './benchmark.ts';
import { drive, type Kind, round, type Run } from './relay/harness.ts';

/** More than this late, and words come late. */
const MAX_DELAY_MS = 50;
/** A sender that is so late does not send what it is to send. */
const MAX_DRIVER_LATE_MS = 250;
const FRAMES_PER_SECOND = 50;

export default {
  about: 'Legs one core carries: the relay, a plain TCP sink, a tutorial’s Python receiver (--legs N, --soak MINUTES)',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        legs: { type: 'string' },
        seconds: { type: 'string', default: '8' },
        soak: { type: 'string' },
      },
    });
    console.log(
      `load of the machine before: ${loadavg()
        .map((load) => load.toFixed(1))
        .join(' ')}`,
    );
    const seconds = Number(values.seconds);
    if (values.soak !== undefined)
      return { figures: await soak(Number(values.legs ?? 300), Number(values.soak)), peers: {} };
    const measure = async (kind: Kind) =>
      values.legs === undefined
        ? search(kind, seconds)
        : figuresOf(kind, [await drive(kind, Number(values.legs), seconds)]);
    const sink = await measure('sink');
    const relay = await measure('relay');
    const python = await measure('python');
    const share = (of: Figures) => round((relay.legsPerCore ?? NaN) / (of.legsPerCore ?? NaN), 2);
    const figures = { ...relay, timesPythonReceiver: share(python), shareOfSink: share(sink) };
    console.table({ relay, sink, python });
    return { figures, peers: { 'plain TCP sink (Node)': sink, 'tutorial receiver (Python asyncio)': python } };
  },
} satisfies Benchmark;

/** Raises the load until a frame is lost or the event loop is late, then halves the step once. */
async function search(kind: Kind, seconds: number): Promise<Figures> {
  const good: Run[] = [];
  let [legs, step] = [400, 400];
  while (step >= 100) {
    const run = await drive(kind, legs, seconds);
    const isSent = run.driverLateMs < MAX_DRIVER_LATE_MS;
    const isGood = isSent && run.lostFrames === 0 && run.p99DelayMs < MAX_DELAY_MS;
    console.log(kind, JSON.stringify(run), isGood ? 'carried' : isSent ? 'too much' : 'more than the sender can send');
    if (isGood) good.push(run);
    else {
      legs -= step;
      step /= 2;
    }
    legs += step;
    if (legs <= 0) break;
  }
  return figuresOf(kind, good);
}

function figuresOf(kind: Kind, runs: readonly Run[]): Figures {
  const best = runs.at(-1);
  if (!best) return { legsPerCore: 0 };
  if (runs.length === 1) console.log(kind, JSON.stringify(best));
  return {
    legsPerCore: best.legs,
    microsecondsPerFrame: best.cpuUsPerFrame,
    /** What the processor time would allow, were there nothing else on the machine. */
    legsByProcessorTime: Math.floor(1e6 / (best.cpuUsPerFrame * FRAMES_PER_SECOND)),
    p99DelayMs: best.p99DelayMs,
    lostFrames: best.lostFrames,
    ...(kind === 'relay' && { kilobytesPerLeg: best.kilobytesPerLeg }),
  };
}

async function soak(legs: number, minutes: number): Promise<Figures> {
  const run = await drive('relay', legs, minutes * 60, 30);
  console.log(JSON.stringify(run));
  const half = Math.floor(run.heapMegabytes.length / 2);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    legs,
    minutes,
    lostFrames: run.lostFrames,
    p99DelayMedianMs: run.p99DelaysMs.toSorted((a, b) => a - b)[Math.floor(run.p99DelaysMs.length / 2)] ?? NaN,
    p99DelayWorstMs: run.p99DelayMs,
    driverLateMs: run.driverLateMs,
    heapFirstHalfMegabytes: round(mean(run.heapMegabytes.slice(0, half)), 1),
    heapSecondHalfMegabytes: round(mean(run.heapMegabytes.slice(half)), 1),
  };
}
