import { type BlockList } from 'node:net';
import { addressList, LOOPBACK } from '../../audiosocket/address-list.ts';
import type { RelaySettings } from '../../settings.ts';
import { type Diagnosis, ok, warning } from './finding.ts';

/** Whether these are all addresses that there are, of either kind. */
const isEverybody = (list: BlockList) => list.check('203.0.113.1') || list.check('2001:db8::1', 'ipv6');

/** Who may connect where. */
export function checkDoors(settings: RelaySettings): Diagnosis {
  const { EARSHOT_AUDIOSOCKET_ALLOW: named, EARSHOT_AMI_HOST: asterisk, EARSHOT_HTTP_HOST: httpHost } = settings;
  const allowed = ['this machine', ...(asterisk === undefined ? [] : [`Asterisk at ${asterisk}`]), ...named];
  const found = [
    `audio at ${settings.EARSHOT_AUDIOSOCKET_HOST}:${settings.EARSHOT_AUDIOSOCKET_PORT} from ${allowed.join(', ')}`,
    `HTTP at ${httpHost}:${settings.EARSHOT_HTTP_PORT} from ${isLocal(httpHost) ? 'this machine' : 'whoever reaches it'}`,
  ].join('; ');
  if (isEverybody(addressList(named)))
    return warning(found, 'Name in EARSHOT_AUDIOSOCKET_ALLOW no more than the addresses of your Asterisks.');
  return isLocal(httpHost)
    ? ok(found)
    : warning(found, 'Set EARSHOT_HTTP_HOST to 127.0.0.1, or let a firewall say who may reach that port.');
}

function isLocal(host: string): boolean {
  return host === 'localhost' || addressList(LOOPBACK).check(host, host.includes(':') ? 'ipv6' : 'ipv4');
}
