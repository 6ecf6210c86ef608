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

/** Who is called at a channel or a queue's interface: `6001` of `PJSIP/6001-0000000a` and of `Local/6001@agents/n`. */
export function extensionOf(channelName: string): string {
  const address = channelName.slice(channelName.indexOf('/') + 1);
  return address.replace(/[@/].*$/, '').replace(/-[0-9a-f]{8,}(;[12])?$/, '');
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
