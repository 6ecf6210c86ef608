import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readLocalConfig } from './config.ts';
import { placeCall } from './demo.ts';
import { people } from './people.ts';
import { UserError, runMain } from './user-error.ts';
import { printedSteps } from './progress.ts';
import { DEFAULT_ENGINE } from './speech.ts';
import { startSystem } from './system.ts';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      wav: { type: 'string' },
      engine: { type: 'string', default: DEFAULT_ENGINE },
      'no-call': { type: 'boolean', default: false },
    },
  });
  const missing = values.wav?.split(',').find((file) => !existsSync(file));
  if (missing !== undefined) throw new UserError(`There is no recording ${missing}.`);
  // Until everything stands, an interruption just ends us; no child outlives that.
  const leave = () => process.exit(130);
  process.on('SIGINT', leave).on('SIGTERM', leave);

  console.log('Earshot on this machine\n');
  const config = readLocalConfig();
  const system = await startSystem(config, { engine: values.engine, step: printedSteps(process.stdout) });

  const interrupted = new Promise<'interrupted'>((resolve) => {
    process.off('SIGINT', leave).off('SIGTERM', leave);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        resolve('interrupted');
      });
    }
  });
  console.log(`\n  Dashboard  ${system.siteUrl}`);
  for (const { email, password, group } of people) console.log(`  Sign in    ${email}  ${password}   (${group})`);
  if (system.engine !== values.engine)
    console.log(
      `\n  ${system.engine} transcribes: it recognizes the demo’s voices well, and other people badly. The next start tries to fetch the model again.`,
    );
  console.log('\n  One more call: npm run demo      Stop: Ctrl-C\n');

  if (!values['no-call']) {
    const call = placeCall(config, system.relay, values.wav === undefined ? [] : ['--wav', values.wav]);
    void call.catch((error: unknown) => {
      console.error(error instanceof UserError ? error.message : error);
    });
  }
  const relayEnded = system.relay.service.ended.then(() => 'relay ended' as const);
  const why = await Promise.race([interrupted, relayEnded]);
  if (why === 'relay ended') console.error(`\nThe relay ended by itself:\n${system.relay.service.tail().trimEnd()}`);
  console.log('\n  Stopping …');
  await system.stop();
  if (why === 'relay ended') throw new UserError('Stopped, because the relay ended.');
});
