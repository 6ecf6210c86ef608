import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Channel } from '#core/ids.ts';

/** On whose channel the PBX records: `-in` and `-r` is what came from it. */
export type RecordedSide = 'agent' | 'caller';

export interface RecordingName {
  /** What both files of a pair have in common. */
  readonly stem: string;
  /** Undefined for a file without a suffix: it may hold both sides. */
  readonly channel?: Channel;
  /** The PBX's id of the call, or what stands for it. */
  readonly linkedid: string;
}

const EXTENSION = /\.(wav|wav16|raw)$/i;
const SUFFIX = /-(in|out|r|t)$/i;
/** Asterisk's own id of a call, as dialplans put it into file names. */
const UNIQUEID = /(?:^|[^\d.])(\d{9,10}\.\d+)(?:$|[^\d.])/;

/** Whether this may be a recording: `.wav`, Asterisk's `.wav16`, and `.raw` as MixMonitor's option `D` writes it. */
export function isRecording(path: string): boolean {
  return EXTENSION.test(path);
}

export function isRaw(path: string): boolean {
  return /\.raw$/i.test(path);
}

/** Where the sides of a mixed recording would lie. */
export function siblings(path: string): string[] {
  const extension = EXTENSION.exec(path)?.[0] ?? '';
  const stem = path.slice(0, path.length - extension.length);
  return ['in', 'out', 'r', 't'].map((side) => `${stem}-${side}${extension}`);
}

/** The file's name without its long numbers: one of them may be a caller's. */
export function withoutNumbers(path: string): string {
  return basename(path).replace(/\d{5,}/g, '…');
}

/** What follows from a recording's path. */
export function readRecordingName(path: string, side: RecordedSide): RecordingName {
  const name = basename(path).replace(EXTENSION, '');
  const direction = SUFFIX.exec(name)?.[1]?.toLowerCase();
  const stem = name.replace(SUFFIX, '');
  const linkedid = UNIQUEID.exec(stem)?.[1] ?? stem.replace(/[^\w.:-]/g, '_').slice(-64);
  if (direction === undefined) return { stem, linkedid };
  const isFrom = direction === 'in' || direction === 'r';
  const other = side === 'caller' ? 'agent' : 'caller';
  return { stem, linkedid, channel: isFrom ? side : other };
}

/** A leg's UUID that is the same for the same file after a restart (name-based, RFC 9562 version 8). */
export function legUuid(fileId: string, channel: number): string {
  const bytes = createHash('sha256').update(`${fileId}#${channel}`).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x80;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
