/** Channels that no person speaks on: taps, snoops, announcements, recorders. */
const MACHINES: readonly string[] = [
  'AudioSocket/',
  'Snoop/',
  'Surrogate/',
  'Announcer/',
  'Recorder/',
  'CBAnn/',
  'CBRec/',
  'UnicastRTP/',
  'MulticastRTP/',
  'WebSocket/',
  'Message/',
  'DAHDI/pseudo',
];

export function isMachine(channelName: string): boolean {
  return MACHINES.some((prefix) => channelName.startsWith(prefix));
}

/** The other half of a Local channel; undefined for any other. */
export function localPeer(channelName: string): string | undefined {
  const half = /^Local\/.*;([12])$/.exec(channelName)?.[1];
  return half && `${channelName.slice(0, -1)}${half === '1' ? '2' : '1'}`;
}

/**
 * What a technology puts behind the address to keep its channels apart, where it is no number of eight or more
 * hexadecimal digits: as chan_iax2, chan_dahdi, chan_mobile, chan_mgcp and chan_skinny name them.
 */
const SERIALS: Readonly<Record<string, RegExp>> = {
  IAX2: /-\d{1,5}$/,
  DAHDI: /-[0-9a-f]+$/i,
  Zap: /-[0-9a-f]+$/i,
  Mobile: /-[0-9a-f]{4}$/i,
  MGCP: /-\d+$/,
  Skinny: /-\d+$/,
};
const SERIAL = /-[0-9a-f]{8,}(;[12])?$/i;

/** Who is called on a channel: `6001` of `PJSIP/6001-0000000a`, `Local/6001@agents-00000012;1` and `IAX2/6001-8543`. */
export function extensionOf(channelName: string): string {
  const technology = channelName.slice(0, channelName.indexOf('/'));
  const serial = SERIALS[technology] ?? SERIAL;
  return addresseeOf(channelName.replace(/<\w+>$/, '').replace(serial, ''));
}

/**
 * How the names of all channels begin that lead where this one does: `PJSIP/mytrunk-` of `PJSIP/mytrunk-0000000a`;
 * undefined for a Local channel, which leads anywhere.
 */
export function trunkPrefixOf(channelName: string): string | undefined {
  const [technology = '', line = ''] = channelName.split('/');
  if (technology === 'Local' || isMachine(channelName)) return undefined;
  // A span of DAHDI's is followed by the number on it.
  if (/^DAHDI\/[^/]+\/[^/]/.test(channelName)) return `${technology}/${line}/`;
  const address = channelName.replace(/<\w+>$/, '').replace(SERIALS[technology] ?? SERIAL, '');
  return address === channelName || !address.includes('/') ? undefined : `${address}-`;
}

/** Who is called at an address, such as that of a queue's member: `6001` of `PJSIP/6001` and of `Local/6001@agents/n`. */
export function addresseeOf(address: string): string {
  const [technology = '', first = '', second = ''] = address.split('/');
  // Of a line of DAHDI's, the span or group comes first: `DAHDI/i1/5551234`.
  const addressee = second !== '' && ['DAHDI', 'Zap'].includes(technology) ? second : first;
  return addressee.replace(/@.*$/, '') || address;
}

/**
 * Whether who comes to a conference by this number only records, watches or announces: ViciDial puts a digit before
 * the room's own number for that (`58600051` to the room `8600051`, by a Local channel or from a telephone).
 */
export function isRoomService(channelName: string, dialled: string, room: string): boolean {
  const number = /^Local\/(\d+)@/.exec(channelName)?.[1] ?? dialled;
  return room !== '' && number.length === room.length + 1 && number.endsWith(room);
}

/** The UUID that a tap's channel carries in its name. */
export function tapUuid(channelName: string): string | undefined {
  const match = /^AudioSocket\/.*-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(channelName);
  return match?.[1];
}

/** The older of two of Asterisk's ids (`<seconds>.<count>`, with the system's name before it where it has one). */
export function olderId(a: string, b: string): string {
  const [aSeconds, aCount] = partsOf(a);
  const [bSeconds, bCount] = partsOf(b);
  return bSeconds < aSeconds || (bSeconds === aSeconds && bCount < aCount) ? b : a;
}

function partsOf(id: string): [number, number] {
  const match = /(\d+)\.(\d+)$/.exec(id);
  return match ? [Number(match[1]), Number(match[2])] : [Infinity, Infinity];
}
