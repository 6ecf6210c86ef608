#!/usr/bin/env node
// The relay from its sources, for a clone of the project: `npx earshot-relay …`. What is installed elsewhere is the
// bundle that build.ts makes.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
const tsx = import.meta.resolve('tsx');
const relay = spawn(process.execPath, ['--import', tsx, main, ...process.argv.slice(2)], { stdio: 'inherit' });
process.on('SIGTERM', () => relay.kill('SIGTERM'));
// A terminal sends it to both.
process.on('SIGINT', () => undefined);
// A relay that was killed has no status.
relay.once('exit', (code) => process.exit(code ?? 1));
