import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { pino } from 'pino';
import { Registry } from 'prom-client';
import { addressList, LOOPBACK } from '../edge-relay/audiosocket/address-list.ts';
import { AudioSocketServer } from '../edge-relay/audiosocket/server.ts';
import type { LegDescription } from '../edge-relay/leg-contract.ts';
import { systemClock } from '../edge-relay/clock.ts';
import { type HealthServer, listenHealth } from '../edge-relay/health.ts';
import { until } from '../edge-relay/until.ts';

describe('earshot-eagi.pl', () => {
  let server: AudioSocketServer;
  let door: HealthServer;
  let leg: { uuid: string; audio: Buffer; rate: number; isEnded: boolean } | undefined;
  let described: LegDescription[];
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    leg = undefined;
    described = [];
    server = await AudioSocketServer.listen(
      { host: '127.0.0.1', port: 0, idleMs: 60_000, maxConnections: 5, allowed: addressList(LOOPBACK) },
      {
        clock: systemClock,
        log: pino({ level: 'silent' }),
        openLeg: ({ uuid }) => {
          const opened = { uuid, audio: Buffer.alloc(0), rate: 0, isEnded: false };
          leg = opened;
          return {
            audio: (audio, rate) => {
              opened.audio = Buffer.concat([opened.audio, audio]);
              opened.rate = rate;
            },
            end: () => (opened.isEnded = true),
          };
        },
      },
    );
    door = await openDoor();
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await server.stop();
    await door.close();
  });

  const openDoor = (token?: string) =>
    listenHealth('127.0.0.1', 0, {
      version: '1.2.3',
      problems: () => [],
      metrics: new Registry(),
      access: { token },
      describeLeg: (description) => {
        described.push(description);
        return 'call';
      },
    });

  /** Runs the script as Asterisk does: its variables on stdin, answers to what it asks, audio on descriptor 3. */
  function run(args: string[], variables: Record<string, string> = {}) {
    const child = spawn('perl', [join(__dirname, 'earshot-eagi.pl'), ...args], {
      stdio: ['pipe', 'pipe', 'pipe', 'pipe'],
    });
    children.push(child);
    const asked: string[] = [];
    child.stdin.write('agi_network: no\nagi_callerid: +442079460123\nagi_uniqueid: 1795399200.16\n\n');
    child.stdout.on('data', (chunk: Buffer) => {
      for (const line of chunk.toString().split('\n').filter(Boolean)) {
        asked.push(line);
        const value = variables[/^GET FULL VARIABLE \$\{(.*)\}$/.exec(line)?.[1] ?? ''];
        child.stdin.write(value === undefined ? '200 result=0\n' : `200 result=1 (${value})\n`);
      }
    });
    const exit = once(child, 'exit') as Promise<[number]>;
    return { audio: child.stdio[3] as Writable, asked, exit };
  }
  const relay = () => `127.0.0.1:${server.port}`;
  const speech = Buffer.from(Int16Array.from({ length: 1_000 }, (_, i) => i * 30 - 15_000).buffer);

  it('sends the channel’s audio as a leg, every sample, and ends with it', async () => {
    const { audio, exit } = run([relay()]);
    audio.write(speech.subarray(0, 333));
    await until(() => leg?.audio.length === 320);
    audio.end(speech.subarray(333));
    expect(await exit).toEqual([0, null]);
    await until(() => leg?.isEnded === true);
    expect(leg?.audio.equals(speech)).toBe(true);
    expect(leg?.rate).toBe(8_000);
    expect(leg?.uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(server.counts.malformed).toBe(0);
  });

  it('sends 16 kHz where the dialplan says so', async () => {
    const { audio, exit } = run([relay()], { EAGI_AUDIO_FORMAT: 'slin16' });
    audio.end(speech);
    await exit;
    await until(() => leg?.isEnded === true);
    expect(leg?.rate).toBe(16_000);
    expect(leg?.audio.equals(speech)).toBe(true);
  });

  it('tells the call’s linkedid, side and caller before the audio', async () => {
    const variables = { 'CHANNEL(linkedid)': '1795399200.16' };
    const { audio, exit } = run([relay(), 'agent', `127.0.0.1:${door.port}`], variables);
    await until(() => leg !== undefined);
    expect(described).toEqual([
      { uuid: leg?.uuid, channel: 'agent', linkedid: '1795399200.16', caller: { number: '+442079460123' } },
    ]);
    audio.end();
    await exit;
  });

  it('shows the relay the token that the dialplan holds, and says in Asterisk’s log when it is refused', async () => {
    const token = 'only-the-dialplan-knows';
    await door.close();
    door = await openDoor(token);
    const address = `127.0.0.1:${door.port}`;
    for (const [variables, isTaken] of [
      [{ EARSHOT_HTTP_TOKEN: token }, true],
      [{ EARSHOT_HTTP_TOKEN: 'another' }, false],
      [{}, false],
    ] as const) {
      described = [];
      leg = undefined;
      const { audio, asked, exit } = run([relay(), 'agent', address], variables);
      await until(() => leg !== undefined);
      expect(described).toHaveLength(isTaken ? 1 : 0);
      expect(asked.join().includes('does not take the description of the leg: 401')).toBe(!isTaken);
      audio.end();
      await exit;
    }
  });

  it('lets the dialplan go on at once when there is no relay', async () => {
    const { asked, exit } = run(['127.0.0.1:1', 'caller', '127.0.0.1:1']);
    expect(await exit).toEqual([0, null]);
    expect(asked.join('\n')).toContain('no relay at 127.0.0.1:1');
  });

  it('lets the dialplan go on when the relay closes the leg', async () => {
    const { audio, exit } = run([relay()]);
    audio.on('error', () => undefined);
    audio.write(speech);
    await until(() => leg !== undefined);
    server.closeLeg(leg?.uuid ?? '');
    expect(await exit).toEqual([0, null]);
  });
});
