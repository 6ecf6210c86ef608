import { connect, isIP, type Socket } from 'node:net';
import { connect as connectSecurely, type TLSSocket } from 'node:tls';

/** How Asterisk's certificate is known to be its own. */
export interface AmiTls {
  /** Certificates of the authorities that may have signed it, in PEM; without them, those that Node.js trusts. */
  readonly authorities?: string;
  /** SHA-256 of the certificate itself, in hexadecimal: then it may be signed by anybody. */
  readonly fingerprint?: string;
}

export interface AmiAddress {
  readonly host: string;
  readonly port: number;
  /** Without it nothing is encrypted. */
  readonly tls?: AmiTls | undefined;
}

/** Whoever answers shows another certificate than the one that was pinned. */
export class AmiCertificateError extends Error {
  override readonly name = 'AmiCertificateError';
}

/**
 * Connects to a manager interface. `onReady` is called when it may be talked to, and never where the certificate is
 * not Asterisk's: the socket then ends with an error before anything, and so no secret, was sent.
 */
export function connectManager({ host, port, tls }: AmiAddress, onReady: () => void): Socket {
  if (!tls) return connect({ host, port, noDelay: true }).once('connect', onReady);
  const socket = connectSecurely({
    host,
    port,
    // An address is no name that a certificate could be chosen by.
    ...(isIP(host) === 0 && { servername: host }),
    ...(tls.authorities !== undefined && { ca: tls.authorities }),
    rejectUnauthorized: tls.fingerprint === undefined,
    minVersion: 'TLSv1.2',
  });
  socket.setNoDelay(true);
  return socket.once('secureConnect', () => {
    const shown = fingerprintOf(socket);
    if (tls.fingerprint === undefined || shown === tls.fingerprint) onReady();
    else socket.destroy(new AmiCertificateError(`the certificate is another than the one pinned: ${shown}`));
  });
}

/** In lower case and without colons. */
function fingerprintOf(socket: TLSSocket): string {
  const { fingerprint256 } = socket.getPeerCertificate() as { fingerprint256?: string };
  return (fingerprint256 ?? '').replaceAll(':', '').toLowerCase();
}
