import { createServer, type AddressInfo } from 'node:net';
import { readLocalConfig, localFolder, type LocalConfig } from '../local/config.ts';

/** Settings of a system of its own: free ports, fresh state, nothing taken from the environment's endpoint. */
export async function readTestConfig(name: string): Promise<LocalConfig> {
  const [endpointPort = 0, sitePort = 0, audioSocketPort = 0, httpPort = 0] = await freePorts(4);
  const environment = { ...process.env };
  delete environment['AWS_ENDPOINT_URL'];
  return {
    ...readLocalConfig(environment),
    endpointPort,
    sitePort,
    audioSocketPort,
    httpPort,
    relayId: name,
    runFolder: `${localFolder}/${name}`,
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const { port } = server.address() as AddressInfo;
      await new Promise((resolve) => server.close(resolve));
      return port;
    }),
  );
}
