import { readFileSync } from 'node:fs';
import type { AmiOptions } from './client.ts';
import type { AmiSettings } from './settings.ts';

/**
 * How the settings say to log in to the manager interface; undefined where there is none.
 * @throws {Error} when the file of authorities cannot be read
 */
export function amiLogin(settings: AmiSettings): AmiOptions | undefined {
  const { EARSHOT_AMI_HOST: host, EARSHOT_AMI_PORT: port, EARSHOT_AMI_USER: user } = settings;
  if (host === undefined) return undefined;
  const { EARSHOT_AMI_TLS_CA_FILE: authorities, EARSHOT_AMI_TLS_FINGERPRINT: fingerprint } = settings;
  return {
    host,
    port,
    user,
    secret: settings.EARSHOT_AMI_SECRET ?? '',
    charset: settings.EARSHOT_AMI_CHARSET,
    ...(settings.EARSHOT_AMI_TLS === 'on' && {
      tls: {
        ...(authorities !== undefined && { authorities: readFileSync(authorities, 'utf8') }),
        ...(fingerprint !== undefined && { fingerprint }),
      },
    }),
  };
}

/** host:port at which Asterisk reaches the relay's AudioSocket, which listens at this port. */
export function relayAddress({ EARSHOT_AMI_RELAY_ADDRESS: address }: AmiSettings, audioSocketPort: number): string {
  return address ?? `127.0.0.1:${audioSocketPort}`;
}
