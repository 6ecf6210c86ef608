import { execa } from 'execa';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pWaitFor from 'p-wait-for';
import { projectFolder } from './config.ts';
import { UserError } from './user-error.ts';
import { run, startService, until } from './processes.ts';

const folder = mkdtempSync(join(tmpdir(), 'earshot-processes-'));
const options = { folder, environment: {}, logFile: join(folder, 'logs/it.log') };
const node = (script: string) => [process.execPath, ['-e', script]] as const;

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('run', () => {
  it('keeps what the command said in the log', async () => {
    await run(...node('console.log("one"); console.error("two")'), options);
    expect(readFileSync(options.logFile, 'utf8')).toContain('one');
    expect(readFileSync(options.logFile, 'utf8')).toContain('two');
  });

  it('says how a command failed, its last words and where the rest is', async () => {
    const failing = run(...node('console.error("no room"); process.exit(3)'), options);
    await expect(failing).rejects.toThrow(UserError);
    await expect(failing).rejects.toThrow(/ended with 3.*no room.*it\.log/s);
  });

  it('says that a command is not there', async () => {
    await expect(run('earshot-no-such-command', [], options)).rejects.toThrow(UserError);
  });
});

describe('a service', () => {
  it('is stopped, by force where asking does not help', async () => {
    const deaf = startService(
      ...node('process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1e6)'),
      { ...options, killAfterMs: 50 },
    );
    await until('It is up', () => Promise.resolve(deaf.tail().includes('up')), 10_000, deaf);
    await deaf.stop();
    expect(deaf.process.signalCode).toBe('SIGKILL');
  });

  it('goes on after us where it is to, and keeps no program waiting', async () => {
    const script = `
      import { startService } from ${JSON.stringify(join(projectFolder, 'local/processes.ts'))};
      const options = ${JSON.stringify({ ...options, logFile: join(folder, 'logs/outlives.log'), outlivesUs: true })};
      const service = startService(process.execPath, ['-e', 'setInterval(() => console.log("still here"), 20)'], options);
      console.log(service.process.pid);`;
    const { stdout } = await execa(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      cwd: projectFolder,
      timeout: 20_000,
    });
    const processId = Number(stdout);
    const printed = () => readFileSync(join(folder, 'logs/outlives.log'), 'utf8').length;
    const before = printed();
    await pWaitFor(() => printed() > before, { timeout: 10_000 });
    process.kill(processId, 'SIGKILL');
  });

  it('that cannot start has ended', async () => {
    const none = startService('earshot-no-such-command', [], options);
    await none.ended;
    await expect(until('It is ready', () => Promise.resolve(false), 10_000, none)).rejects.toThrow(/ended before/);
    await none.stop();
  });

  it('that does not get ready in time is a problem', async () => {
    await expect(until('It is ready', () => Promise.resolve(false), 50)).rejects.toThrow(
      new UserError('It is ready: not within 0.05 s.'),
    );
  });

  it('that ends before it is ready is a problem with its last words', async () => {
    const short = startService(...node('console.error("bad setting"); process.exit(1)'), options);
    await short.ended;
    await expect(until('It is ready', () => Promise.resolve(false), 10_000, short)).rejects.toThrow(/bad setting/);
  });
});
