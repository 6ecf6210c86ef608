import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';

export interface HttpAccess {
  /** Where the relay listens. */
  readonly host: string;
  /** What a request that changes something must show; undefined where none is set. */
  readonly token?: string | undefined;
  /** Names by which the relay is reached, beside addresses, `localhost` and the machine's own name. */
  readonly names?: readonly string[];
}

export interface Refusal {
  readonly status: 401 | 403 | 415 | 421;
  readonly detail: string;
}

/** Whether only programs of this machine can connect to a listener there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/**
 * Why a request is not answered: it was made by a page in somebody's browser, or wants to change something and does not
 * show that it may.
 */
export function refusalOf(
  { isWriting, headers }: { isWriting: boolean; headers: IncomingHttpHeaders },
  access: HttpAccess,
): Refusal | undefined {
  const site = headers['sec-fetch-site'];
  if (headers.origin !== undefined || (site !== undefined && site !== 'none'))
    return { status: 403, detail: 'pages in a browser get no answer' };
  // A page that has its own name resolve to the relay's address could read answers otherwise.
  if (!isOwnName(headers.host, access))
    return { status: 421, detail: 'the Host is not the relay’s: name it in EARSHOT_HTTP_NAMES, or use its address' };
  if (!isWriting) return undefined;
  if (access.token === undefined && !isLoopback(access.host))
    return { status: 403, detail: 'EARSHOT_HTTP_TOKEN is not set, and the relay can be reached from other machines' };
  if (access.token !== undefined && !isToken(headers.authorization, access.token))
    return { status: 401, detail: 'wants Authorization: Bearer and the EARSHOT_HTTP_TOKEN of the relay' };
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? ''))
    return { status: 415, detail: 'wants Content-Type: application/json' };
  return undefined;
}

function isOwnName(header: string | undefined, { host, names = [] }: HttpAccess): boolean {
  if (header === undefined || !/^[\w.:[\]-]+$/.test(header) || !URL.canParse(`http://${header}`)) return false;
  const name = new URL(`http://${header}`).hostname;
  if (isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return true;
  return ['localhost', hostname(), host, ...names].some((own) => own.toLowerCase() === name);
}

/** Takes as long for a wrong one as for the right one. */
function isToken(header: string | undefined, token: string): boolean {
  const shown = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1] ?? '';
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(shown), digest(token));
}
