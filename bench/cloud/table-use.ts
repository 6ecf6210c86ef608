import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import pMap from 'p-map';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { CallTable } from '../../functions/adapters/call-table.ts';
import { itemBytes } from '../../functions/adapters/item-bytes.ts';
import { openTable } from '../../functions/adapters/table.ts';
import { startTestTable } from '../../functions/adapters/table.fake.ts';
import { disordered, eventsOfCall, INGESTED_AT, randomFrom } from '../../functions/ingest/example-traffic.fake.ts';
import { ingest } from '../../functions/ingest/ingest.ts';
import { ANGRY_SHARE } from './floor-calls.ts';

/** What ingest asks of the table and of its processor, by the utterance; the rest of each call's events is in it. */
export interface TableUse {
  readonly writeUnitsPerUtterance: number;
  readonly readUnitsPerUtterance: number;
  readonly requestsPerUtterance: number;
  readonly eventsPerUtterance: number;
  readonly alertsPerUtterance: number;
  readonly cpuMsPerUtterance: number;
}

const CALLS = 6;
const SENDERS = 4;
/** Others may use the processor meanwhile: the quickest round counts. */
const ROUNDS = 3;
const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

type Item = Record<string, unknown>;
interface Write {
  Put?: { Item: Item };
}

/** Plays calls through ingest on a local table and weighs every request and answer. */
export async function measureTableUse(utterancesPerCall: number): Promise<TableUse> {
  const test = await startTestTable();
  const bill = new Bill();
  const client = new DynamoDBClient(test.client);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      // A write that is refused for its condition is billed as well.
      bill.request(args.input as { Item?: Item; TransactItems?: Write[] });
      const result = await next(args);
      const { Item: item, Items: items = item ? [item] : [] } = result.output as { Item?: Item; Items?: Item[] };
      if (['GetItemCommand', 'QueryCommand'].includes(context.commandName ?? '')) bill.read(items);
      return result;
    },
    { step: 'initialize' },
  );
  try {
    const random = randomFrom(1);
    const calls = new CallTable(openTable('earshot', client), 30);
    const rules = compileRules(defaultRules);
    const world = {
      calls,
      rules: () => Promise.resolve(rules),
      score: scoreUtterance,
      now: () => INGESTED_AT,
      pause: () => Promise.resolve(),
      onConflict: () => undefined,
    };
    // Node compiles what runs often; a function that works all day has done so.
    for (const event of eventsOfCall('warm', utterancesPerCall, random)) await ingest(event, world);
    bill.reset();
    const cpuMs: number[] = [];
    let [events, alerts] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const script = Array.from({ length: CALLS }, (_, index) =>
        eventsOfCall(`berlin-1795399200.${round}${index}`, utterancesPerCall, random, ANGRY_SHARE),
      );
      const deliveries = disordered(script.flat(), 0.01, random).sort(inTime);
      const before = process.cpuUsage();
      const raised = await pMap(deliveries, async (event) => ingest(event, world), { concurrency: SENDERS });
      alerts += raised.flat().length;
      const { user, system } = process.cpuUsage(before);
      cpuMs.push((user + system) / 1000);
      events += deliveries.length;
    }
    const utterances = ROUNDS * CALLS * utterancesPerCall;
    return {
      writeUnitsPerUtterance: bill.writeUnits / utterances,
      readUnitsPerUtterance: bill.readUnits / utterances,
      requestsPerUtterance: bill.requests / utterances,
      eventsPerUtterance: events / utterances,
      alertsPerUtterance: alerts / utterances,
      cpuMsPerUtterance: Math.min(...cpuMs) / CALLS / utterancesPerCall,
    };
  } finally {
    client.destroy();
    await test.stop();
  }
}

/** Units as DynamoDB bills them. */
class Bill {
  writeUnits = 0;
  readUnits = 0;
  requests = 0;
  readonly #activeShards = new Map<string, unknown>();

  reset(): void {
    [this.writeUnits, this.readUnits, this.requests] = [0, 0, 0];
  }

  request({ Item: item, TransactItems: writes = [] }: { Item?: Item; TransactItems?: Write[] }): void {
    this.requests++;
    if (item) this.#write(item, 1);
    for (const { Put } of writes) if (Put) this.#write(Put.Item, 2);
  }

  /** @param times a transaction writes everything twice */
  #write(item: Item, times: number): void {
    const units = Math.ceil(itemBytes(item) / WRITE_UNIT_BYTES);
    this.writeUnits += times * units;
    // Into the index by day goes all of an alert; into the index of live calls keys, when it begins and when it ends.
    if (item['day'] !== undefined) this.writeUnits += units;
    const key = `${String(item['PK'])} ${String(item['SK'])}`;
    if (this.#activeShards.get(key) !== item['activeShard']) this.writeUnits++;
    this.#activeShards.set(key, item['activeShard']);
  }

  read(items: readonly Item[]): void {
    const bytes = items.reduce((sum, item) => sum + itemBytes(item), 0);
    this.readUnits += Math.max(1, Math.ceil(bytes / READ_UNIT_BYTES));
  }
}

function inTime(a: { type: string; seq?: number }, b: { type: string; seq?: number }): number {
  const at = ({ type, seq = 0 }: { type: string; seq?: number }) => (type === 'CallEnded' ? Infinity : seq);
  return at(a) === at(b) ? 0 : at(a) - at(b);
}
