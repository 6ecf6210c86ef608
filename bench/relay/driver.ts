import { connect, type Socket } from 'node:net';
import { parseArgs } from 'node:util';
import { writeFrame } from '../../edge-relay/audiosocket/frame.ts';
import { uuidOfLeg } from './legs.ts';

/**
 * Sends legs as Asterisk does: a TCP connection each, 50 frames of 20 ms a second, the legs spread over the 20 ms.
 * Runs until it reads a line on its standard input; then it ends all legs and prints what it sent.
 */
const { values } = parseArgs({ options: { port: { type: 'string' }, legs: { type: 'string' } } });
const legs = Number(values.legs);
const FRAME_MS = 20;
const PHASES = 5;

/** A second of a voice-like sound with pauses: silence alone would spare the receiver work. */
const frames = Array.from({ length: 50 }, (_, frame) => {
  const audio = Buffer.alloc(320);
  for (let i = 0; i < 160; i++) {
    const level = frame < 30 ? 4_000 : 40;
    audio.writeInt16LE(Math.round(level * Math.sin((frame * 160 + i) / 5)), 2 * i);
  }
  return writeFrame({ kind: 'audio', sampleRate: 8_000, audio });
});

const sockets: Socket[] = [];
for (let leg = 0; leg < legs; leg++) {
  sockets.push(
    await new Promise<Socket>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: Number(values.port), noDelay: true }, () => {
        socket.write(writeFrame({ kind: 'uuid', uuid: uuidOfLeg(leg) }));
        socket.resume();
        resolve(socket);
      });
      socket.on('error', reject);
    }),
  );
}

const startedAt = performance.now();
let step = 0;
let sentFrames = 0;
let latestMs = 0;
const timer = setInterval(() => {
  const elapsedMs = performance.now() - startedAt;
  const due = Math.floor((elapsedMs * PHASES) / FRAME_MS);
  latestMs = Math.max(latestMs, elapsedMs - ((step + 1) * FRAME_MS) / PHASES);
  for (; step < due; step++) {
    const frame = frames[Math.floor(step / PHASES) % frames.length] as Buffer;
    for (let leg = step % PHASES; leg < legs; leg += PHASES) {
      sockets[leg]?.write(frame);
      sentFrames++;
    }
  }
}, FRAME_MS / PHASES);

console.log(JSON.stringify({ connected: legs }));
process.stdin.once('data', () => {
  clearInterval(timer);
  void Promise.all(sockets.map((socket) => new Promise<void>((resolve) => socket.end(resolve)))).then(() => {
    console.log(JSON.stringify({ sentFrames, latestMs: Math.round(latestMs) }));
    process.exit(0);
  });
});
