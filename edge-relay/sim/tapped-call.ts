import { setTimeout as delay } from 'node:timers/promises';
import type { SimulatedAsterisk } from './asterisk.ts';
import { queueCall } from './queue-call.ts';
import { type PlayOptions, type SimulatedCall, SimulatorError } from './simulator.ts';

/** How long a relay may take to log in, and to tap a call. */
const LOGIN_MS = 30_000;
const TAP_MS = 10_000;
const POLL_MS = 20;

/**
 * Plays a queue call on a simulated Asterisk, in real time: it rings, is answered, the relay taps both sides by the
 * manager interface, and they speak. Resolves with the call's linkedid when it has hung up.
 * @throws {SimulatorError} when no relay logs in, or none taps the call.
 */
export async function placeTappedCall(
  asterisk: SimulatedAsterisk,
  call: SimulatedCall,
  { onProgress }: PlayOptions = {},
): Promise<string> {
  const { linkedid = `${Math.floor(Date.now() / 1_000)}.16`, agent, caller, queue = 'support' } = call.metadata;
  await until(
    () => asterisk.sessionCount > 0,
    LOGIN_MS,
    'No relay logged in: set EARSHOT_AMI_HOST and _PORT to this one',
  );
  const running = queueCall(asterisk, {
    linkedid,
    queue,
    agent: { id: agent?.id ?? '6001', name: agent?.name ?? 'Agent' },
    caller: { number: caller?.number ?? '+442079460123', ...(caller?.name !== undefined && { name: caller.name }) },
  });
  running.ring();
  running.answer();
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
    running.hangUp();
  }
  await until(() => !awaitedTapsLeft(asterisk, channels), TAP_MS, 'The relay kept the taps of a call that is over');
  return linkedid;
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
