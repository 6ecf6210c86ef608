import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { type FakeEventBridge, startFakeEventBridge } from './publish/event-bridge.fake.ts';

describe('earshot-relay', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'earshot-main-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function start(args: string[], environment: Record<string, string> = {}): ChildProcess {
    return spawn(process.execPath, ['--import', 'tsx', join(__dirname, 'main.ts'), ...args], {
      env: {
        EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
        EARSHOT_HTTP_PORT: '0',
        EARSHOT_AUDIOSOCKET_PORT: '0',
        ...environment,
      },
    });
  }
  async function outcome(child: ChildProcess) {
    if (!child.stdout || !child.stderr) throw new Error('no output');
    const exit = once(child, 'exit') as Promise<[number]>;
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    return { stdout, stderr, code };
  }

  describe('run', () => {
    let bus: FakeEventBridge;
    beforeEach(async () => {
      bus = await startFakeEventBridge();
    });
    afterEach(() => bus.close());

    it.each(['SIGTERM', 'SIGINT'] as const)(
      'drains at %s and exits with 0',
      async (signal) => {
        const child = start(['run'], {
          AWS_ENDPOINT_URL: bus.url,
          AWS_REGION: 'eu-central-1',
          AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
          AWS_SECRET_ACCESS_KEY: 'example',
        });
        child.stdout?.on('data', (chunk: Buffer) => {
          if (chunk.includes('relay is listening')) child.kill(signal);
        });
        const { code, stdout } = await outcome(child);
        expect(stdout).toContain('relay has drained');
        expect(code).toBe(0);
      },
      30_000,
    );

    it('takes over from a relay with the same spool and ports, which ends by itself', async () => {
      const environment = {
        AWS_ENDPOINT_URL: bus.url,
        AWS_REGION: 'eu-central-1',
        AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
        AWS_SECRET_ACCESS_KEY: 'example',
        EARSHOT_AUDIOSOCKET_HOST: '127.0.0.1',
        EARSHOT_AUDIOSOCKET_PORT: String(await freePort()),
      };
      const first = start(['run'], environment);
      const firstOutcome = outcome(first);
      await new Promise<void>((resolve) => {
        first.stdout?.on('data', (chunk: Buffer) => {
          if (chunk.includes('relay is listening')) resolve();
        });
      });
      const refused = await outcome(start(['run'], environment));
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(/^Another relay runs with the spool .*--take-over/);
      const second = start(['run', '--take-over'], environment);
      second.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.includes('relay is listening')) second.kill('SIGTERM');
      });
      expect((await outcome(second)).code).toBe(0);
      const { code, stdout } = await firstOutcome;
      expect([code, stdout.includes('another relay takes over')]).toEqual([0, true]);
    }, 60_000);

    it('listens on a socket that the service manager passes', async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const { fd } = (server as unknown as { _handle: { fd: number } })._handle;
      // As systemd does it: the process that gets the socket has the number that LISTEN_PID names.
      const run = `export LISTEN_PID=$$ LISTEN_FDS=1; exec "$0" --import tsx "$1" run`;
      const child = spawn('/bin/sh', ['-c', run, process.execPath, join(__dirname, 'main.ts')], {
        stdio: ['ignore', 'pipe', 'pipe', fd],
        env: {
          AWS_REGION: 'eu-central-1',
          EARSHOT_SPOOL_FOLDER: join(folder, 'spool'),
          EARSHOT_HTTP_PORT: '0',
        },
      });
      server.close();
      child.stdout?.on('data', (chunk: Buffer) => {
        if (chunk.includes('relay is listening')) child.kill('SIGTERM');
      });
      const { code, stdout } = await outcome(child);
      expect([code, stdout.includes(`"audioSocketPort":${port}`)]).toEqual([0, true]);
    }, 60_000);

    it('names every wrong setting, and a port that is taken', async () => {
      const wrong = await outcome(start(['run'], { EARSHOT_TICK_MS: 'soon', EARSHOT_ENGINE: 'deepgram' }));
      // With this status the service manager does not try again.
      expect(wrong.code).toBe(78);
      expect(wrong.stderr).toMatch(/EARSHOT_TICK_MS[^]*DEEPGRAM_API_KEY/);
      const taken = await outcome(
        start(['run'], { EARSHOT_HTTP_PORT: new URL(bus.url).port, AWS_REGION: 'eu-central-1' }),
      );
      expect(taken.code).toBe(1);
      expect(taken.stderr).toMatch(/Cannot listen: .*EADDRINUSE.*127\.0\.0\.1/);
    }, 30_000);
  });

  it('prints its settings without secrets', async () => {
    const { code, stdout } = await outcome(
      start(['config', '--print'], {
        DEEPGRAM_API_KEY: 'very-secret',
        EARSHOT_OPENAI_URL: 'https://user:very-secret@stt.example/v1?key=very-secret',
      }),
    );
    expect(code).toBe(0);
    expect(stdout).toContain('EARSHOT_OPENAI_URL=https://********@stt.example/v1?key=********');
    expect(stdout).toContain('EARSHOT_ENGINE=pocketsphinx');
    expect(stdout).not.toContain('very-secret');
  }, 30_000);

  it('takes from a file what the environment leaves open', async () => {
    const file = join(folder, 'relay.env');
    writeFileSync(file, '# our relay\nEARSHOT_PBX=berlin\nEARSHOT_TICK_MS=2000\nOPENAI_API_KEY="very-secret"\n');
    const { stdout } = await outcome(start(['config', '--print'], { EARSHOT_CONFIG_FILE: file, EARSHOT_PBX: 'paris' }));
    expect(stdout).toContain('EARSHOT_PBX=paris');
    expect(stdout).toContain('EARSHOT_TICK_MS=2000');
    expect(stdout).not.toContain('very-secret');
    const none = await outcome(start(['config'], { EARSHOT_CONFIG_FILE: '/nowhere' }));
    expect(none.stderr).toContain('EARSHOT_CONFIG_FILE: /nowhere cannot be read');
    writeFileSync(file, 'EARSHOT_AMI_TRUNK=SIP/carrier-\nEARSHOT_PBX=berlin\n');
    const misspelt = await outcome(start(['config'], { EARSHOT_CONFIG_FILE: file }));
    expect(misspelt.code).toBe(78);
    expect(misspelt.stderr).toContain('there are not: EARSHOT_AMI_TRUNK');
  }, 30_000);

  it('gives AWS what the file says to AWS', async () => {
    const bus = await startFakeEventBridge();
    const file = join(folder, 'relay.env');
    const aws = `AWS_REGION=eu-central-1\nAWS_ENDPOINT_URL=${bus.url}\nAWS_ACCESS_KEY_ID=AKIDEXAMPLE\n`;
    writeFileSync(file, `${aws}AWS_SECRET_ACCESS_KEY=very-secret\n`);
    const { stdout } = await outcome(start(['doctor'], { EARSHOT_CONFIG_FILE: file }));
    expect(stdout).toContain('ok       event bus: bus earshot in eu-central-1 takes events');
    expect(stdout).not.toContain('very-secret');
    await bus.close();
  }, 30_000);

  it('says in a line what a call needs that cannot be placed', async () => {
    const noRelay = await outcome(start(['place-call', '--http', 'http://127.0.0.1:1']));
    expect(noRelay.code).toBe(1);
    expect(noRelay.stderr).toContain('No relay answers at http://127.0.0.1:1/legs');
    const noFile = await outcome(start(['place-call', '--wav', join(folder, 'none.wav')]));
    expect(noFile.code).toBe(1);
    expect(noFile.stderr).toContain('none.wav cannot be read');
  }, 30_000);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
