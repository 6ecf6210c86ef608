import { csvOf } from '#core/csv.ts';
import type { Channel } from '#core/ids.ts';
import type { ScoredUtterance } from '#core/call/state.ts';
import type { Monitor } from '#core/monitor.ts';
import type { Alert } from '#core/alert.ts';
import type { CallSummary } from '#core/call/summary.ts';
import { dateTimeZone, duration } from '../ui/format.ts';
import { uiMessages } from '../ui/messages.ts';
import { callMessages } from './messages.ts';

/** A call as it is exported. */
export interface ExportedCall {
  readonly call: CallSummary;
  readonly lines: readonly ScoredUtterance[];
  readonly alerts: readonly Alert[];
  readonly monitors: readonly Monitor[];
}

/** How a file calls the sides. */
export type SideNames = Readonly<Record<Channel, string>>;

interface Format {
  readonly type: string;
  readonly write: (call: ExportedCall, sides: SideNames) => string;
}

/** The formats of an exported transcript. */
export const exportFormats = {
  txt: { type: 'text/plain', write: toText },
  json: { type: 'application/json', write: toJson },
  csv: { type: 'text/csv', write: toCsv },
  srt: { type: 'application/x-subrip', write: toSrt },
  vtt: { type: 'text/vtt', write: toVtt },
} as const satisfies Record<string, Format>;
export type ExportFormat = keyof typeof exportFormats;

/** A line for a line: `07:21 Caller: I want to cancel`. Gaps are named. */
export function toText({ lines }: ExportedCall, sides: SideNames): string {
  return lines
    .flatMap(({ startMs, channel, text, gapBeforeMs }) => [
      ...(gapBeforeMs ? [`[${duration(gapBeforeMs)} of audio lost]`] : []),
      `${duration(startMs)} ${sides[channel]}: ${onOneLine(text)}`,
    ])
    .map((line) => `${line}\n`)
    .join('');
}

/** What a page of a transcript begins with: whose call, when, and which. */
export function headOf({ callId, startedAt, metadata }: CallSummary): [name: string, value: string][] {
  const { agent } = metadata;
  const names = callMessages.details;
  return [
    [names.agent, [uiMessages.agentOf(metadata), ...(agent?.name ? [`(${agent.id})`] : [])].join(' ')],
    [names.caller, uiMessages.callerOf(metadata)],
    [names.started, dateTimeZone(startedAt)],
    [names.callId, callId],
  ];
}

/** The transcript as text, with its head. */
export function toCopy(exported: ExportedCall, sides: SideNames): string {
  const head = headOf(exported.call).map(([name, value]) => `${name}: ${onOneLine(value)}\n`);
  return `${head.join('')}\n${toText(exported, sides)}`;
}

/** All that is known of the call: its lines, its alerts, and who asked to be on it. */
export function toJson({ call, lines, alerts, monitors }: ExportedCall): string {
  return `${JSON.stringify({ call, utterances: lines, alerts, monitors }, undefined, 2)}\n`;
}

/** One row a line, with the rules that it set off. */
export function toCsv({ lines, alerts }: ExportedCall): string {
  const rulesOf = (seq: number) =>
    alerts.flatMap((alert) => (alert.seq === seq ? alert.reasons.map(({ ruleName }) => ruleName) : [])).join('; ');
  const rows = lines.map(({ seq, channel, startMs, endMs, language, text, score }) => [
    seq,
    channel,
    startMs,
    endMs,
    language?.tag,
    text,
    score?.compound,
    score?.label,
    rulesOf(seq),
  ]);
  const head = ['seq', 'channel', 'startMs', 'endMs', 'language', 'text', 'score', 'label', 'rules'];
  return csvOf(head, rows);
}

/** SubRip: numbered cues, to be played with the recording. */
export function toSrt({ lines }: ExportedCall, sides: SideNames): string {
  return lines
    .map(
      ({ startMs, endMs, channel, text }, index) =>
        `${String(index + 1)}\n${cueTime(startMs, ',')} --> ${cueTime(endMs, ',')}\n${sides[channel]}: ${onOneLine(text)}\n`,
    )
    .join('\n');
}

/** WebVTT: cues with their voices; what would be read as markup is escaped. */
export function toVtt({ lines }: ExportedCall, sides: SideNames): string {
  const cues = lines.map(
    ({ startMs, endMs, channel, text }) =>
      `${cueTime(startMs, '.')} --> ${cueTime(endMs, '.')}\n<v ${sides[channel]}>${escaped(onOneLine(text))}\n`,
  );
  return ['WEBVTT\n', ...cues].join('\n');
}

function cueTime(ms: number, separator: ',' | '.'): string {
  const part = (value: number, digits: number) => String(Math.floor(value)).padStart(digits, '0');
  const clock = [part(ms / 3_600_000, 2), part((ms / 60_000) % 60, 2), part((ms / 1000) % 60, 2)].join(':');
  return `${clock}${separator}${part(ms % 1000, 3)}`;
}

/** A line break in what was said would begin a line, or a cue, that nobody spoke. */
function onOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
