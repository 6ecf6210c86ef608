import { rmSync } from 'node:fs';
import installForTests from '../local/install-for-tests.ts';
import { printedSteps } from '../local/progress.ts';
import { startSystem, type System } from '../local/system.ts';
import { readTestConfig } from './config.ts';
import { noteSystem } from './system.ts';

declare global {
  var earshotSystem: System | undefined;
}

/** Starts all of Earshot once for all end-to-end tests. */
export default async function start(): Promise<void> {
  await installForTests();
  const config = await readTestConfig('e2e');
  rmSync(config.runFolder, { recursive: true, force: true });
  console.log('\nStarting the system for the end-to-end tests');
  globalThis.earshotSystem = await startSystem(config, {
    engine: 'pocketsphinx',
    step: printedSteps(process.stdout),
  });
  noteSystem(config, globalThis.earshotSystem);
}
