import type { EventBridgeEvent } from 'aws-lambda';
import { callsTickedSchema } from '#core/events.ts';
import { relayReportSchema } from '#core/views.ts';
import { CallTable } from '../adapters/call-table.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { openTable } from '../adapters/table.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { reportedCalls, sweep } from './sweep.ts';

const table = openTable(readEnv('TABLE_NAME').TABLE_NAME);
const relays = new RelayTable(table);

/** Keeps a relay's report: one write for all its calls. */
export async function tick({ detail }: EventBridgeEvent<'CallsTicked', unknown>): Promise<void> {
  await relays.put(relayReportSchema.parse(callsTickedSchema.parse(detail)));
}

/** Once a minute: says on the bus which calls were lost, and which of the lost ones are reported again. */
export async function sweepCalls(): Promise<void> {
  const { RETENTION_DAYS, BUS_NAME } = readEnv('RETENTION_DAYS', 'BUS_NAME');
  const calls = new CallTable(table, RETENTION_DAYS);
  const now = Date.now();
  const [live, reports] = await Promise.all([calls.active(), relays.all()]);
  const liveIds = new Set(live.map((call) => call.callId));
  const others = await calls.states([...reportedCalls(reports, now)].filter((callId) => !liveIds.has(callId)));
  const events = sweep(live, others, reports, now);
  await new EventBus(BUS_NAME).publish(events);
  log.info('calls swept', { live: live.length, events: events.length });
}
