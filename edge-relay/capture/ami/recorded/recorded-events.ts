import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AmiMessage, MessageParser } from '../protocol.ts';

export type RecordedCall = 'sip-direct' | 'sip-queue' | 'sip-blind-transfer' | 'local-queue' | 'local-queue-relay-down';

export interface RecordedEvent {
  readonly atMs: number;
  readonly event: AmiMessage;
}

/**
 * What an Asterisk 22 sent about a call that was tapped from elsewhere, without that tap's own events: whoever replays
 * it places other ones.
 */
export function readRecorded(call: RecordedCall): RecordedEvent[] {
  const text = readFileSync(join(__dirname, `${call}.txt`), 'utf8');
  const recorded: RecordedEvent[] = [];
  for (const block of text.split(/^@ /m).slice(1)) {
    const atMs = Number.parseInt(block);
    const parser = new MessageParser((event) => {
      if (!isOfTap(event)) recorded.push({ atMs, event });
    });
    parser.push(Buffer.from(`${block.slice(block.indexOf('\n') + 1).trim()}\n\n`));
  }
  return recorded;
}

function isOfTap(event: AmiMessage): boolean {
  return ['Channel', 'DestChannel', 'SpyerChannel'].some((name) => event.get(name)?.startsWith('AudioSocket/'));
}
