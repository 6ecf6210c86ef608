import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localFolder, type LocalConfig } from '../local/config.ts';
import type { System } from '../local/system.ts';

/** What tests need of the system that runs beside them. */
export interface RunningSystem {
  readonly config: LocalConfig;
  readonly system: Pick<System, 'endpointUrl' | 'outputs' | 'siteUrl'> & {
    relay: Pick<System['relay'], 'audioSocket' | 'httpUrl'>;
  };
}

const noteFile = join(localFolder, 'e2e-system.json');

export function noteSystem(config: LocalConfig, { endpointUrl, outputs, siteUrl, relay }: System): void {
  const { audioSocket, httpUrl } = relay;
  const note: RunningSystem = {
    config,
    system: { endpointUrl, outputs, siteUrl, relay: { audioSocket, httpUrl } },
  };
  writeFileSync(noteFile, JSON.stringify(note));
}

/** The system that the global set-up started. */
export function runningSystem(): RunningSystem {
  return JSON.parse(readFileSync(noteFile, 'utf8')) as RunningSystem;
}
