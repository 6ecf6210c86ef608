import { Command, InvalidArgumentError, Option } from 'commander';
import { SimulatedAsterisk } from '../sim/asterisk.ts';
import { demoLegs, simulatedMetadata } from '../sim/demo/demo.ts';
import { queueCall } from '../sim/queue-call.ts';
import { readLegs } from '../sim/recordings.ts';
import {
  placeCall,
  type PlayOptions,
  type RelayAddress,
  type SimulatedCall,
  SimulatorError,
} from '../sim/simulator.ts';
import { placeTappedCall, tappedParties } from '../sim/tapped-call.ts';
import { SimulatedVicidial } from '../sim/vicidial.ts';
import { vicidialCall } from '../sim/vicidial-call.ts';

interface Options {
  readonly wav?: string;
  readonly calls: number;
  readonly relay: { host: string; port: number };
  readonly http: string;
  readonly httpToken?: string;
  readonly ami?: number;
  readonly vicidial?: string;
}

/** Calls begin so far apart, as people dial. */
const STAGGER_MS = 250;
const PROGRESS_EVERY_MS = 10_000;

export function placeCallCommand(): Command {
  return new Command('place-call')
    .description('play a call to a relay, in real time; without --wav the demo call')
    .option(
      '--wav <files>',
      'agent.wav,caller.wav, one stereo file (left agent, right caller) or a mono one; mp3, ogg, m4a with ffmpeg',
    )
    .option('--calls <number>', 'so many calls at once', parseCalls, 1)
    .option('--relay <host:port>', "the relay's AudioSocket address", parseRelay, { host: '127.0.0.1', port: 9_093 })
    .option('--http <url>', "the relay's HTTP address", 'http://127.0.0.1:9094')
    .addOption(new Option('--http-token <token>', 'its EARSHOT_HTTP_TOKEN, if it wants one').env('EARSHOT_HTTP_TOKEN'))
    .option(
      '--ami <port>',
      'be an Asterisk with this manager port (user earshot, secret earshot), and let the relay tap',
      parsePort,
    )
    .option(
      '--vicidial <url>',
      'with --ami: be a ViciDial too, with its tables in this database (mysql://user:password@host:port/demo)',
    )
    .action(async ({ wav, calls, relay, http, httpToken, ami, vicidial: url }: Options) => {
      const legs = wav === undefined ? await demoLegs() : await readLegs(wav.split(','));
      const address: RelayAddress = { ...relay, httpUrl: http, httpToken };
      if (url !== undefined && ami === undefined) throw new SimulatorError('--vicidial goes with --ami.');
      const asterisk =
        ami === undefined
          ? undefined
          : await SimulatedAsterisk.listen({ port: ami, user: 'earshot', secret: 'earshot' });
      const vicidial =
        url === undefined
          ? undefined
          : await SimulatedVicidial.open(url).catch(async (error: unknown) => {
              await asterisk?.close();
              throw error;
            });
      await Promise.all(
        Array.from({ length: calls }, async (_, index) => {
          await new Promise((resolve) => setTimeout(resolve, index * STAGGER_MS));
          const linkedid = `${Math.floor(Date.now() / 1_000)}.${(index + 1) * 16}`;
          const call = { legs, metadata: { ...simulatedMetadata(index), ...(asterisk && { linkedid }) } };
          const place = (options: PlayOptions) =>
            asterisk
              ? placeTapped(asterisk, vicidial, call, options)
              : placeCall(address, call, options).then(({ callId }) => callId);
          await playAndReport(place, index + 1);
        }),
      ).finally(async () => {
        await asterisk?.close();
        await vicidial?.close();
      });
    });
}

/** @returns the call's linkedid */
async function placeTapped(
  asterisk: SimulatedAsterisk,
  vicidial: SimulatedVicidial | undefined,
  call: SimulatedCall,
  options: PlayOptions,
): Promise<string> {
  const parties = tappedParties(call);
  const { inGroup = 'SAVE' } = call.metadata;
  const running = vicidial
    ? vicidialCall(asterisk, vicidial, { ...parties, campaign: 'RETAIN', inGroup })
    : queueCall(asterisk, parties);
  await placeTappedCall(asterisk, running, call, options);
  return parties.linkedid;
}

async function playAndReport(place: (options: PlayOptions) => Promise<string>, number: number): Promise<void> {
  let reportedMs = -PROGRESS_EVERY_MS;
  const callId = await place({
    onProgress: (playedMs, durationMs) => {
      if (playedMs < reportedMs + PROGRESS_EVERY_MS) return;
      reportedMs = playedMs;
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

function parsePort(value: string): number {
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('give a port.');
  return port;
}

function parseRelay(value: string): Options['relay'] {
  const match = /^(.+):(\d+)$/.exec(value);
  if (!match?.[1]) throw new InvalidArgumentError('give host:port.');
  return { host: match[1], port: Number(match[2]) };
}
