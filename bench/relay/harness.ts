import { execa } from 'execa';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export type Kind = 'relay' | 'sink' | 'python';

/** One run at one load. */
export interface Run {
  readonly legs: number;
  readonly cpuUsPerFrame: number;
  readonly p99DelayMs: number;
  readonly lostFrames: number;
  /** How late the driver itself was at worst: above some 100 ms the machine, not the receiver, set the limit. */
  readonly driverLateMs: number;
  readonly kilobytesPerLeg: number;
  /** Of each report, oldest first. */
  readonly p99DelaysMs: readonly number[];
  /** Heap and buffers in megabytes at each report, oldest first. */
  readonly heapMegabytes: readonly number[];
}

interface Load {
  readonly frames: number;
  readonly heardFrames: number;
  readonly intervalFrames: number;
  readonly cpuUs: number;
  readonly p99DelayMs: number;
}

interface Memory {
  readonly grownBytes: number;
  readonly heapBytes: number;
}

type Lines = AsyncIterator<string>;

const WARM_MS = 4_000;
/** After a collection of garbage, which holds up a full heap for long. */
const SETTLE_MS = 1_000;
const TSX = ['--import', 'tsx', '--expose-gc'];
const here = import.meta.dirname;

/** The receiver has the first processor for itself, the driver the second. */
function start(processor: number, command: readonly [string, ...string[]]) {
  const [program, ...args] = existsSync('/usr/bin/taskset')
    ? (['taskset', '-c', String(processor), ...command] as const)
    : command;
  const child = execa(program, args, { stdin: 'pipe', stderr: 'inherit', buffer: false, reject: false });
  return { child, lines: child.iterable()[Symbol.asyncIterator]() };
}

async function nextLine<T>(lines: Lines): Promise<T> {
  const line = await lines.next();
  if (line.done === true) throw new Error('a process of the benchmark ended early');
  return JSON.parse(line.value) as T;
}

/** Drives `legs` legs for `seconds` after a warm-up, reporting every `everySeconds`. */
export async function drive(kind: Kind, legs: number, seconds: number, everySeconds = seconds): Promise<Run> {
  const receiver = start(
    0,
    kind === 'python'
      ? ['python3', join(here, 'receiver.py')]
      : [process.execPath, ...TSX, join(here, 'receiver.ts'), '--kind', kind, '--legs', String(legs)],
  );
  try {
    const { port } = await nextLine<{ port: number }>(receiver.lines);
    const ask = async <T>(what: 'load' | 'memory') => {
      receiver.child.stdin.write(`${what}\n`);
      return nextLine<T>(receiver.lines);
    };
    const driver = start(1, [
      process.execPath,
      ...TSX,
      join(here, 'driver.ts'),
      '--port',
      String(port),
      '--legs',
      String(legs),
    ]);
    await nextLine(driver.lines);
    await delay(WARM_MS);
    const loads: Load[] = [];
    const memories: Memory[] = [];
    for (let second = 0; second < seconds; second += everySeconds) {
      await ask<Load>('load');
      await delay(everySeconds * 1_000);
      loads.push(await ask<Load>('load'));
      memories.push(await ask<Memory>('memory'));
      await delay(SETTLE_MS);
    }
    driver.child.stdin.write('\n');
    const sent = await nextLine<{ sentFrames: number; latestMs: number }>(driver.lines);
    await delay(500);
    const last = await ask<Load>('load');
    const sum = (of: (one: Load) => number) => loads.reduce((total, one) => total + of(one), 0);
    return {
      legs,
      cpuUsPerFrame: round(sum((one) => one.cpuUs) / sum((one) => one.intervalFrames), 2),
      p99DelayMs: round(Math.max(...loads.map((one) => one.p99DelayMs)), 1),
      p99DelaysMs: loads.map((one) => round(one.p99DelayMs, 1)),
      // The relay counts the UUID as a frame too, and Asterisk's silence is not sent back in these counts.
      lostFrames: Math.max(0, sent.sentFrames - last.frames, sent.sentFrames - last.heardFrames - 2 * legs * 10),
      driverLateMs: sent.latestMs,
      kilobytesPerLeg: Math.round(Math.max(...memories.map((one) => one.grownBytes)) / legs / 1_024),
      heapMegabytes: memories.map((one) => round(one.heapBytes / 1_048_576, 1)),
    };
  } finally {
    receiver.child.kill('SIGTERM');
  }
}

export function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
