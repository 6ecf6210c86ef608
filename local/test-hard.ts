import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder, projectFolder, readLocalConfig } from './config.ts';
import { UserError, runMain } from './user-error.ts';
import { startService, until, type CommandOptions } from './processes.ts';
import { printedSteps } from './progress.ts';

/**
 * Runs every test ten times, or as often as the argument says, while two busy loops load the processors. It stops at
 * the first failure: a test that fails, a worker that has to be killed, or a run that does not end when its tests have.
 */
const TIMES = 10;
const BUSY_LOOPS = 2;
/** Jest writes this when all tests have run, stops what it started for them, and ends unless something is left open. */
const TESTS_HAVE_RUN = 'Ran all test suites';
const A_TEST_FAILED = /^Test Suites:.*\bfailed/m;
const LEFT_OPEN = /did not exit one second after|failed to exit gracefully/;
const END_MS = 60_000;
/** Longer than any run takes, were it ever so slow. */
const RUN_MS = 2 * 3_600_000;

const projects = { unit: ['--selectProjects=unit'], e2e: ['--selectProjects=e2e', '--runInBand'] } as const;

await runMain(async () => {
  const times = Number(process.argv[2] ?? TIMES);
  if (!Number.isInteger(times) || times < 1) throw new UserError('Say how often: npm run test:hard -- 10');
  const { environment } = readLocalConfig();
  const folder = join(localFolder, 'test-hard');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const options = { folder: projectFolder, environment, logFile: join(folder, 'busy.log') };
  const busy = Array.from({ length: BUSY_LOOPS }, () => startService(process.execPath, ['-e', 'for (;;);'], options));
  const step = printedSteps(process.stdout);
  try {
    for (let time = 1; time <= times; time++) {
      for (const [name, args] of Object.entries(projects)) {
        const logFile = join(folder, `${name}-${time}.log`);
        await step(`${name} tests, ${time} of ${times}`, async () => runJest(args, { ...options, logFile }));
      }
    }
  } finally {
    for (const loop of busy) await loop.stop();
  }
});

/** @throws {UserError} when a test fails or something is left open, with the end of the log and where it is */
async function runJest(args: readonly string[], options: CommandOptions): Promise<void> {
  const jest = startService(join(projectFolder, 'node_modules/.bin/jest'), args, options);
  const output = () => (existsSync(options.logFile) ? readFileSync(options.logFile, 'utf8') : '');
  const fail = (what: string) => new UserError(`${what}.\n${jest.tail().trimEnd()}\nAll of it: ${options.logFile}`);
  const waitFor = async (what: string, isSo: () => boolean, withinMs: number) =>
    until(what, () => Promise.resolve(isSo()), withinMs).catch((error: unknown) => {
      throw fail((error as UserError).message);
    });
  try {
    await waitFor('All tests have run', () => jest.hasEnded() || output().includes(TESTS_HAVE_RUN), RUN_MS);
    await waitFor('Jest has ended', () => jest.hasEnded() || LEFT_OPEN.test(output()), END_MS);
  } finally {
    await jest.stop();
  }
  const problems = [
    ...(A_TEST_FAILED.test(output()) || jest.process.exitCode === 1 ? ['a test fails'] : []),
    ...(LEFT_OPEN.test(output()) ? ['something is left open: a handle, or a worker that had to be killed'] : []),
  ];
  if (problems.length === 0 && jest.process.exitCode !== 0) problems.push('Jest itself fails');
  if (problems.length > 0) throw fail(`In these tests ${problems.join(', and ')}`);
}
