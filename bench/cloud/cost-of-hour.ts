import { itemBytes } from '../../functions/adapters/item-bytes.ts';
import { reportItem } from '../../functions/adapters/items.ts';
import type { Assumptions, Prices } from './assumptions.ts';
import { floorOf, reportsOf } from './floor-calls.ts';
import type { PushUse } from './floor.ts';
import type { TableUse } from './table-use.ts';
import { randomFrom } from '../../functions/ingest/example-traffic.fake.ts';

/** What was measured of a floor. */
export interface MeasuredFloor {
  readonly calls: number;
  readonly viewers: number;
  /** For how long the floor was played. */
  readonly seconds: number;
  readonly use: TableUse;
  readonly pushed: PushUse;
}

const HOUR_SECONDS = 3600;
const WRITE_UNIT_BYTES = 1024;
const FEWEST_SHARDS = 4;
const SHARD_WRITE_UNITS_A_SECOND = 1000;

/** An on-demand table starts with four partitions, each with a limit of writes; each partition is a shard of the stream. */
export function shardsOf(calls: number, use: TableUse, { calls: { utteranceEverySeconds } }: Assumptions): number {
  const writeUnitsASecond = (calls * use.writeUnitsPerUtterance) / utteranceEverySeconds;
  return Math.max(FEWEST_SHARDS, 2 ** Math.ceil(Math.log2(writeUnitsASecond / SHARD_WRITE_UNITS_A_SECOND)));
}

/** Dollars of one hour in which so many calls run all the time, by what they are paid for. */
export function costOfHour(
  { calls, viewers, seconds, use, pushed }: MeasuredFloor,
  { perMillion, lambdaGigabyteSecond, logsGigabyte, transferGigabyte }: Prices,
  assumed: Assumptions,
): Record<string, number> {
  const { functions, timings } = assumed;
  const inHour = (played: number) => (played / seconds) * HOUR_SECONDS;
  const utterances = (calls * HOUR_SECONDS) / assumed.calls.utteranceEverySeconds;
  const callEvents = utterances * use.eventsPerUtterance;
  const alerts = utterances * use.alertsPerUtterance;
  const ended = (calls * 60) / assumed.calls.minutes;
  const ticks = Math.ceil(calls / assumed.calls.callsAReport) * (HOUR_SECONDS / assumed.calls.tickEverySeconds);
  const sweeps = 60;
  const callsInTick = Math.min(calls, assumed.calls.callsAReport);

  const million = (times: number, price: number) => (times * price) / 1_000_000;
  const gigabyteSeconds = (ms: number, megabytes: number) => (ms / 1000) * (megabytes / 1024);
  const ingestMs =
    (use.cpuMsPerUtterance * assumed.processorMegabytes) / functions.ingest.megabytes +
    use.requestsPerUtterance * timings.tableRequestMs;
  const compute =
    gigabyteSeconds(utterances * ingestMs, functions.ingest.megabytes) +
    gigabyteSeconds(inHour(pushed.words.billedMs + pushed.overview.billedMs), functions.push.megabytes) +
    gigabyteSeconds(ticks * functions.tick.billedMs, functions.tick.megabytes) +
    gigabyteSeconds(sweeps * functions.sweep.billedMs, functions.sweep.megabytes) +
    gigabyteSeconds(alerts * functions.notify.billedMs, functions.notify.megabytes) +
    gigabyteSeconds(ended * functions.recap.billedMs, functions.recap.megabytes);
  const invocations =
    callEvents + ticks + sweeps + alerts + ended + inHour(pushed.words.invocations + pushed.overview.invocations);

  const writeUnits =
    utterances * use.writeUnitsPerUtterance +
    ticks * reportWriteUnits(callsInTick, assumed.calls.callsAReport) +
    inHour(pushed.paceWriteUnits) +
    // A row for each notifier records that it has sent the alert, one that the limits allowed it, and one counts it.
    6 * alerts +
    alerts * assumed.audit.rowsAnAlert +
    ended * (assumed.audit.readingsACall + assumed.recap.writeUnits);
  const readUnits =
    utterances * use.readUnitsPerUtterance +
    // The tick looks at the states of its calls, as they were a moment ago.
    (ticks * callsInTick) / 2 +
    // The limits, and the notices of the last minutes.
    2 * alerts +
    ended * assumed.recap.readUnits +
    inHour(pushed.viewerReadUnits);
  return {
    events: million(callEvents + ticks + alerts + 2 * ended, perMillion.eventBridgeEvents),
    table: million(writeUnits, perMillion.dynamoDbWriteUnits) + million(readUnits, perMillion.dynamoDbReadUnits),
    functions: million(invocations, perMillion.lambdaRequests) + compute * lambdaGigabyteSecond,
    logs:
      gigabytes(
        alerts * assumed.logBytesPerAlert + sweeps * assumed.logBytesPerSweep + ended * assumed.recap.logBytes,
      ) * logsGigabyte,
    notices: million(alerts, perMillion.snsPublishes),
    messages:
      million(inHour(pushed.units), perMillion.webSocketMessages) +
      million(viewers * 60, perMillion.webSocketConnectionMinutes),
    transfer: gigabytes(inHour(pushed.bytes)) * transferGigabyte,
  };
}

/** A relay's report on so many calls as a row of the table. */
function reportWriteUnits(calls: number, callsAReport: number): number {
  const random = randomFrom(calls);
  const [report] = reportsOf(floorOf(calls, 0, random), callsAReport, 1_795_399_200_000, random);
  return report ? Math.ceil(itemBytes(reportItem(report)) / WRITE_UNIT_BYTES) : 0;
}

function gigabytes(bytes: number): number {
  return bytes / 1024 ** 3;
}
