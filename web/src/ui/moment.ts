import { duration } from './format.ts';

/** A stretch of call time that an address names: a second, or one millisecond. */
export interface Moment {
  readonly fromMs: number;
  readonly toMs: number;
}

/** A call time as addresses have it: `07:33`, or `07:33.250` where it is no whole second. */
export function momentOf(atMs: number): string {
  const rest = Math.floor(atMs) % 1000;
  return `${duration(atMs)}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`;
}

/** The moment that an address names (`07:33`, `1:07:33`, `07:33.250`); undefined where it names none. */
export function momentIn(address: unknown): Moment | undefined {
  const parts = typeof address === 'string' ? /^(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.(\d{3}))?$/.exec(address) : null;
  if (!parts) return undefined;
  const [, hours = '0', minutes = '0', seconds = '0', rest] = parts;
  const fromMs = ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest ?? 0);
  return { fromMs, toMs: rest === undefined ? fromMs + 999 : fromMs };
}

interface Spoken {
  readonly startMs: number;
  readonly endMs: number;
}

/** The line of a moment: the first that begins within it, or ends within it, else the last that began before. */
export function lineAt<T extends Spoken>(lines: readonly T[], { fromMs, toMs }: Moment): T | undefined {
  const isWithin = (ms: number) => ms >= fromMs && ms <= toMs;
  return (
    lines.find(({ startMs }) => isWithin(startMs)) ??
    lines.find(({ endMs }) => isWithin(endMs)) ??
    lines.findLast(({ startMs }) => startMs < fromMs) ??
    lines[0]
  );
}

/** The shortest address of a line: its second, unless another line begins before it within the same second. */
export function addressOf<T extends Spoken>(lines: readonly T[], line: T): string {
  const second = duration(line.startMs);
  const moment = momentIn(second);
  return moment && lineAt(lines, moment) === line ? second : momentOf(line.startMs);
}
