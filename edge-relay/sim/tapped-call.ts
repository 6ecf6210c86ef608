import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedAsterisk } from './asterisk.ts';
import type { QueueCall } from './queue-call.ts';
import { type PlayOptions, type SimulatedCall, SimulatorError } from './simulator.ts';

/** How long a relay may take to log in, and to tap a call. */
const LOGIN_MS = 30_000;
const TAP_MS = 10_000;
const POLL_MS = 20;

/** A call that a simulated Asterisk reports. */
export interface RunningCall {
  readonly agentChannel: string;
  readonly callerChannel: string;
  /** It comes in, and waits for an agent. */
  ring: () => void | Promise<void>;
  /** The agent has it. */
  answer: () => void | Promise<void>;
  /** The caller has hung up. */
  hangUp: () => void | Promise<void>;
  /** The agent goes home, where they stay after a call. */
  leave?: () => void;
}

/** Who calls whom in a call that is to be played. */
export function tappedParties({ metadata }: SimulatedCall): QueueCall {
  const { linkedid = `${Math.floor(Date.now() / 1_000)}.16`, agent, caller, queue = 'support' } = metadata;
  return {
    linkedid,
    queue,
    agent: { id: agent?.id ?? '6001', name: agent?.name ?? 'Agent' },
    caller: { number: caller?.number ?? '+442079460123', ...(caller?.name !== undefined && { name: caller.name }) },
  };
}

/**
 * Plays a call on a simulated Asterisk, in real time: it rings, is answered, the relay taps both sides by the manager
 * interface, and they speak. Resolves when it has hung up.
 * @throws {SimulatorError} when no relay logs in, or none taps the call.
 */
export async function placeTappedCall(
  asterisk: SimulatedAsterisk,
  running: RunningCall,
  call: SimulatedCall,
  { onProgress }: PlayOptions = {},
): Promise<void> {
  await until(
    () => asterisk.sessionCount > 0,
    LOGIN_MS,
    'No relay logged in: set EARSHOT_AMI_HOST and _PORT to this one',
  );
  await running.ring();
  await running.answer();
  const channels = { agent: running.agentChannel, caller: running.callerChannel, mixed: running.callerChannel };
  const isTapped = (name: string) => asterisk.taps.some(({ asteriskChannel }) => asteriskChannel === name);
  try {
    const awaited = call.legs.map(({ channel }) => channels[channel]);
    await until(() => awaited.every(isTapped), TAP_MS, 'The relay logged in, but did not tap the call');
    for (const { channel, sampleRate, samples } of call.legs) asterisk.speak(channels[channel], sampleRate, samples);
    const durationMs = Math.max(...call.legs.map(({ samples, sampleRate }) => (1_000 * samples.length) / sampleRate));
    const startedAt = performance.now();
    for (let playedMs = 0; playedMs < durationMs; playedMs = performance.now() - startedAt) {
      onProgress?.(playedMs, durationMs);
      await delay(POLL_MS);
    }
  } finally {
    await running.hangUp();
    running.leave?.();
  }
  await until(() => !awaitedTapsLeft(asterisk, channels), TAP_MS, 'The relay kept the taps of a call that is over');
}

const awaitedTapsLeft = (asterisk: SimulatedAsterisk, channels: Readonly<Record<string, string>>) =>
  asterisk.taps.some(({ asteriskChannel }) => Object.values(channels).includes(asteriskChannel));

async function until(condition: () => boolean, timeoutMs: number, message: string): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadline) throw new SimulatorError(message);
    await delay(POLL_MS);
  }
}
