import getPort from 'get-port';
import { readLocalConfig, localFolder, type LocalConfig } from '../local/config.ts';

/** Settings of a system of its own: free ports, fresh state, nothing taken from the environment's endpoint. */
export async function readTestConfig(name: string): Promise<LocalConfig> {
  const environment = { ...process.env };
  delete environment['AWS_ENDPOINT_URL'];
  return {
    ...readLocalConfig(environment),
    endpointPort: await freePort(),
    sitePort: await freePort(),
    audioSocketPort: await freePort(),
    httpPort: await freePort(),
    relayId: name,
    runFolder: `${localFolder}/${name}`,
  };
}

async function freePort(): Promise<number> {
  return getPort({ host: '127.0.0.1', reserve: true });
}
