import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { CallTable } from '../functions/adapters/call-table.ts';
import { startTestTable } from '../functions/adapters/table.fake.ts';
import {
  callInOrder,
  disordered,
  eventsOfCall,
  INGESTED_AT,
  randomFrom,
} from '../functions/ingest/example-traffic.fake.ts';
import { ingest, type RelayCallEvent, type IngestDependencies } from '../functions/ingest/ingest.ts';
import type { Benchmark, Figures } from './benchmark.ts';

const REPEATED_SHARE = 0.2;
const rules = compileRules(defaultRules);

/** Ingest against a local table: what bounds it here is the table, one process that answers one request at a time. */
export default {
  about:
    'Ingest into a local table: utterances a second and ms each at 1, 8 and 32 senders (--calls N --utterances N --senders 1,8,32)',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        calls: { type: 'string', default: '20' },
        utterances: { type: 'string', default: '60' },
        senders: { type: 'string', default: '1,8,32' },
      },
    });
    const [calls, utterances] = [Number(values.calls), Number(values.utterances)];
    const figures: Figures = { calls, utterancesPerCall: utterances };
    for (const senders of values.senders.split(',').map(Number)) {
      const { table, stop } = await startTestTable();
      try {
        Object.assign(figures, await measure(new CallTable(table, 30), senders, calls, utterances));
      } finally {
        await stop();
      }
    }
    return { figures, peers: {} };
  },
} satisfies Benchmark;

async function measure(table: CallTable, senders: number, calls: number, utterances: number): Promise<Figures> {
  const random = randomFrom(senders);
  const script = Array.from({ length: calls }, (_, index) => eventsOfCall(`call-${index}`, utterances, random));
  const dependencies: IngestDependencies = {
    calls: table,
    rules: () => Promise.resolve(rules),
    score: scoreUtterance,
    now: () => INGESTED_AT,
    pause: (attempt) => delay(Math.random() * 10 * attempt),
    onConflict: ({ seq }) => {
      throw new Error(`two utterances have the number ${seq}`);
    },
  };
  const tookMs: number[] = [];
  const deliveries = disordered(script.flat(), REPEATED_SHARE, random);
  const startedAt = performance.now();
  const send = async (event: RelayCallEvent) => {
    const sentAt = performance.now();
    await ingest(event, dependencies);
    tookMs.push(performance.now() - sentAt);
  };
  await pMap(deliveries, send, { concurrency: senders });
  const seconds = (performance.now() - startedAt) / 1000;
  const differing = await countDiffering(script, table);
  tookMs.sort((a, b) => a - b);
  const at = (share: number) => rounded(tookMs[Math.floor((tookMs.length - 1) * share)] ?? 0);
  const name = `at${senders}Senders`;
  const figures = {
    [`${name}UtterancesPerSecond`]: rounded((calls * utterances) / seconds),
    [`${name}EventP50Ms`]: at(0.5),
    [`${name}EventP95Ms`]: at(0.95),
    [`${name}DifferingCalls`]: differing,
  };
  console.log(`${senders} senders, ${deliveries.length} deliveries in ${seconds.toFixed(1)} s:`, figures);
  return figures;
}

/** Calls whose state or alerts are not those of in-order single delivery: there must be none. */
async function countDiffering(script: readonly RelayCallEvent[][], table: CallTable): Promise<number> {
  let differing = 0;
  for (const events of script) {
    const expected = callInOrder(events, rules);
    const found = await table.detail(events[0]?.callId ?? '');
    const ids = (alerts: readonly { alertId: string }[]) => alerts.map(({ alertId }) => alertId).sort();
    const isSame =
      canonical({ ...found?.state, version: 0 }) === canonical(expected.state) &&
      canonical(ids(found?.alerts ?? [])) === canonical(ids(expected.alerts));
    if (!isSame) differing++;
  }
  return differing;
}

/** JSON with its keys in order: a table does not keep theirs. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
