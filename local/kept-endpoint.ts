import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalConfig } from './config.ts';

/** The endpoint that `npm run local -- up` left running, noted in a file. */
export interface KeptEndpoint {
  readonly processId: number;
  readonly url: string;
}

const noteFileOf = ({ runFolder }: LocalConfig) => join(runFolder, 'endpoint.json');

export function noteEndpoint(config: LocalConfig, endpoint: KeptEndpoint): void {
  writeFileSync(noteFileOf(config), JSON.stringify(endpoint));
}

/** The kept endpoint, if there is one and it still runs. */
export function findKeptEndpoint(config: LocalConfig): KeptEndpoint | undefined {
  const noteFile = noteFileOf(config);
  if (!existsSync(noteFile)) return undefined;
  const endpoint = JSON.parse(readFileSync(noteFile, 'utf8')) as KeptEndpoint;
  if (runs(endpoint.processId)) return endpoint;
  rmSync(noteFile);
  return undefined;
}

/** Ends the kept endpoint; its state goes with it. */
export function endKeptEndpoint(config: LocalConfig, { processId }: KeptEndpoint): void {
  process.kill(processId, 'SIGTERM');
  rmSync(noteFileOf(config));
}

function runs(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}
