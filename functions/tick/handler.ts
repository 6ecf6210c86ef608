import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { EventBridgeEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import {
  agentsListedSchema,
  callsTickedSchema,
  type CallsTicked,
  agentListSchema,
  relayReportSchema,
  MAX_CALLS_PER_TICK,
} from '#core/contracts/events.ts';
import { relaySourceOf, requireSender, type RelayIdentity } from '#core/contracts/relay-identity.ts';
import { callIdOfPartition, type Key } from '#core/table-layout.ts';
import { callTickSchema } from '#core/call/events.ts';
import { requirePlausible } from '#core/call/plausible.ts';
import { AgentListTable } from '../adapters/agent-list-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { EventBus } from '../adapters/event-bus.ts';
import { PipelineTable } from '../adapters/pipeline-table.ts';
import { RelayTable } from '../adapters/relay-table.ts';
import { cachedRules, RuleTable } from '../adapters/rule-table.ts';
import { openTable } from '../adapters/table.ts';
import { readEnv } from '../env.ts';
import { dropIfRefused, logRefused } from '../refused-events.ts';
import { log } from '../telemetry.ts';
import { failuresOf, foldTicks, skipOverdue, sortTicks, type FoldTicksDependencies } from './fold-ticks.ts';
import { findingsOf } from './findings.ts';
import { sweep } from './sweep.ts';

const RULES_MAX_AGE_MS = 10_000;

const PAUSE_STEP_MS = 20;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS');
const table = openTable(env.TABLE_NAME);
const relays = new RelayTable(table);
const agentLists = new AgentListTable(table);
const calls = new CallTable(table, env.RETENTION_DAYS);
const rules = cachedRules(new RuleTable(table), RULES_MAX_AGE_MS, Date.now);

async function dependencies(): Promise<FoldTicksDependencies> {
  const pause = async (attempt: number) => sleep(Math.random() * PAUSE_STEP_MS * attempt);
  return { calls, rules: await rules(), now: Date.now, pause };
}

const detailSchema = z.discriminatedUnion('type', [
  // Each call is read by itself.
  callsTickedSchema.extend({ calls: z.array(z.unknown()).max(MAX_CALLS_PER_TICK) }),
  agentsListedSchema,
]);

/** Stores a relay's periodic reports, and folds its ticks into its calls. What is another relay's is counted and dropped. */
export async function tick({ source, detail, time }: EventBridgeEvent<string, unknown>): Promise<void> {
  const event = detailSchema.parse(detail);
  await dropIfRefused(source, event, async () => {
    const sender = requireSender(source, event);
    requirePlausible(event, Date.parse(time));
    if (event.type === 'AgentsListed') await agentLists.put(agentListSchema.parse(event));
    else await foldTick(event, sender);
  });
}

/** Costs one write for the report, and one for each call that it changes. */
async function foldTick(
  event: Omit<CallsTicked, 'calls'> & { calls: unknown[] },
  sender: RelayIdentity,
): Promise<void> {
  const parsed = event.calls.map((call) => callTickSchema.safeParse(call));
  const { own, foreign, known } = await sortTicks(
    sender,
    parsed.flatMap(({ data }) => data ?? []),
    calls,
  );
  for (const { callId } of foreign) {
    logRefused(relaySourceOf(sender), { ...sender, type: event.type, callId }, 'the call belongs to another relay');
  }
  await relays.put(relayReportSchema.parse({ ...event, calls: own }));
  const written = await foldTicks(sender.relayId, { own, known }, await dependencies());
  log.debug('tick folded', { relayId: event.relayId, calls: own.length, written });
  const [malformed] = parsed.flatMap(({ error }) => error ?? []);
  // The others are folded: the event goes to the dead-letter queue for those that are not.
  if (malformed) throw malformed;
}

let clients: Parameters<typeof findingsOf>[2] | undefined;

/**
 * Once a minute: publishes which calls were lost, skips the overdue gaps of ended calls, and runs the pipeline's
 * self-check.
 */
export async function sweepCalls(): Promise<void> {
  const { BUS_NAME, WATCH } = readEnv('BUS_NAME', 'WATCH');
  const bus = new EventBus(BUS_NAME);
  const unreadable: Key[] = [];
  const [unfinished, reports] = await Promise.all([calls.unfinished((key) => unreadable.push(key)), relays.all()]);
  const live = unfinished.filter(({ status }) => status === 'live');
  const lost = sweep(live, reports, Date.now());
  const over = new Set([...lost, ...unfinished.filter(({ status }) => status !== 'live')].map(({ callId }) => callId));
  const skipDependencies = await dependencies();
  const failures: unknown[] = [];
  for (const callId of over)
    await skipOverdue(callId, skipDependencies).catch((error: unknown) => failures.push(error));
  await bus.publish(lost);
  clients ??= { sqs: new SQSClient(), cloudWatch: new CloudWatchClient() };
  const unreadableCalls = unreadable.map(({ PK }) => callIdOfPartition(PK));
  await new PipelineTable(table).put({ ...(await findingsOf(WATCH, Date.now(), clients)), unreadableCalls });
  log.info('calls swept', { live: live.length, lost: lost.length, settled: over.size, unreadable: unreadable.length });
  // Each call by itself: all else is done by now, and the next sweep tries these again.
  if (failures.length > 0) throw failuresOf(failures, 'calls were not settled');
}
