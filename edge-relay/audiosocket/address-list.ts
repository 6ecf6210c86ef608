import { BlockList, isIP } from 'node:net';

/** This machine. Nobody else is a friend by where they are. */
export const LOOPBACK: readonly string[] = ['127.0.0.0/8', '::1/128'];

/** One of the addresses is none; the message names it. */
export class AddressError extends Error {
  override readonly name = 'AddressError';
}

/**
 * A list of addresses (`192.0.2.7`) and networks (`192.0.2.0/24`, `2001:db8::/32`).
 * @throws {AddressError}
 */
export function addressList(entries: readonly string[]): BlockList {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address);
    const longest = family === 6 ? 128 : 32;
    const length = prefix === undefined ? longest : /^\d+$/.test(prefix) ? Number(prefix) : NaN;
    if (family === 0 || !(length <= longest))
      throw new AddressError(`"${entry}" is neither an address nor a network such as 192.0.2.0/24`);
    list.addSubnet(address, length, family === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
