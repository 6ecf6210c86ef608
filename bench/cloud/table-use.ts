import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { compileRules } from '#core/rules/compile.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import { CallTable } from '../../functions/adapters/call-table.ts';
import { openTable } from '../../functions/adapters/table.ts';
import { startTestTable } from '../../functions/adapters/test-table.ts';
import { disordered, eventsOfCall, INGESTED_AT, randomFrom, sendAll } from '../../functions/ingest/example-traffic.ts';
import { ingest } from '../../functions/ingest/ingest.ts';

/** What the table is asked for by calls, in the units that are billed. */
export interface TableUse {
  readonly writeUnitsPerUtterance: number;
  readonly readUnitsPerUtterance: number;
  readonly alertsPerUtterance: number;
}

const CALLS = 6;
/** Of what is said in a call centre on a common day. */
export const ANGRY_SHARE = 0.03;
const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

type Item = Record<string, unknown>;
interface Put {
  Put?: { Item: Item };
}

/** Plays calls through ingest on a local table and weighs every request and answer on the wire. */
export async function measureTableUse(utterancesPerCall: number): Promise<TableUse> {
  const test = await startTestTable();
  let [writeUnits, readUnits] = [0, 0];
  const client = new DynamoDBClient(test.client);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const result = await next(args);
      const input = args.input as { Item?: Item; TransactItems?: Put[] };
      const output = result.output as { Item?: Item; Items?: Item[] };
      const writes = (bytes: number) => Math.max(1, Math.ceil(bytes / WRITE_UNIT_BYTES));
      if (input.Item) writeUnits += writes(bytesOf(input.Item));
      for (const { Put } of input.TransactItems ?? []) if (Put) writeUnits += 2 * writes(bytesOf(Put.Item));
      const isRead = ['GetItemCommand', 'QueryCommand'].includes(context.commandName ?? '');
      if (isRead) readUnits += Math.max(1, Math.ceil(bytesOf(output.Items ?? output.Item ?? {}) / READ_UNIT_BYTES));
      return result;
    },
    { step: 'initialize' },
  );
  try {
    const random = randomFrom(1);
    const calls = new CallTable(openTable('earshot', client), 30);
    const compiled = compileRules(defaultRules);
    let alerts = 0;
    const script = Array.from({ length: CALLS }, (_, index) =>
      eventsOfCall(`call-${index}`, utterancesPerCall, random, ANGRY_SHARE),
    );
    await sendAll(disordered(script.flat(), 0.01, random).sort(inTime), 4, async (event) => {
      const raised = await ingest(event, {
        calls,
        rules: () => Promise.resolve(compiled),
        score: scoreUtterance,
        now: () => INGESTED_AT,
        pause: () => Promise.resolve(),
      });
      alerts += raised.length;
    });
    const utterances = CALLS * utterancesPerCall;
    return {
      writeUnitsPerUtterance: writeUnits / utterances,
      readUnitsPerUtterance: readUnits / utterances,
      alertsPerUtterance: alerts / utterances,
    };
  } finally {
    client.destroy();
    await test.stop();
  }
}

/** DynamoDB weighs names and values; its wire form is a little more. */
function bytesOf(item: unknown): number {
  return Buffer.byteLength(JSON.stringify(item));
}

function inTime(a: { type: string; seq?: number }, b: { type: string; seq?: number }): number {
  const at = ({ type, seq = 0 }: { type: string; seq?: number }) => (type === 'CallEnded' ? Infinity : seq);
  return at(a) === at(b) ? 0 : at(a) - at(b);
}
