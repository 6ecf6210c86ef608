import { Command, InvalidArgumentError } from 'commander';
import { demoLegs, simulatedMetadata } from '../sim/demo/demo.ts';
import { readLegs } from '../sim/recordings.ts';
import { placeCall, type RelayAddress } from '../sim/simulator.ts';

interface Options {
  readonly wav?: string;
  readonly calls: number;
  readonly relay: { host: string; port: number };
  readonly http: string;
}

/** Calls begin so far apart, as people dial. */
const STAGGER_MS = 250;
const PROGRESS_EVERY_MS = 10_000;

export function placeCallCommand(): Command {
  return new Command('place-call')
    .description('play a call to a relay, in real time; without --wav the demo call')
    .option('--wav <files>', 'agent.wav,caller.wav or one stereo file (left agent, right caller); 16-bit, 8 or 16 kHz')
    .option('--calls <number>', 'so many calls at once', parseCalls, 1)
    .option('--relay <host:port>', "the relay's AudioSocket address", parseRelay, { host: '127.0.0.1', port: 9_093 })
    .option('--http <url>', "the relay's HTTP address", 'http://127.0.0.1:9094')
    .action(async ({ wav, calls, relay, http }: Options) => {
      const legs = wav === undefined ? await demoLegs() : await readLegs(wav.split(','));
      const address: RelayAddress = { ...relay, httpUrl: http };
      await Promise.all(
        Array.from({ length: calls }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, index * STAGGER_MS));
          await playAndTell(address, { legs, metadata: simulatedMetadata(index) }, index + 1);
        }),
      );
    });
}

async function playAndTell(relay: RelayAddress, call: Parameters<typeof placeCall>[1], number: number): Promise<void> {
  let toldMs = -PROGRESS_EVERY_MS;
  const { callId } = await placeCall(relay, call, {
    onProgress: (playedMs, durationMs) => {
      if (playedMs < toldMs + PROGRESS_EVERY_MS) return;
      toldMs = playedMs;
      console.log(`call ${number}: ${seconds(playedMs)} of ${seconds(durationMs)}`);
    },
  });
  console.log(`call ${number}: played, ${callId}`);
}

const seconds = (ms: number) => `${(ms / 1_000).toFixed(0)} s`;

function parseCalls(value: string): number {
  const calls = Number(value);
  if (!Number.isInteger(calls) || calls < 1) throw new InvalidArgumentError('give a whole number of calls.');
  return calls;
}

function parseRelay(value: string): Options['relay'] {
  const match = /^(.+):(\d+)$/.exec(value);
  if (!match?.[1]) throw new InvalidArgumentError('give host:port.');
  return { host: match[1], port: Number(match[2]) };
}
