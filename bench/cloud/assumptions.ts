import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const timed = z.object({ megabytes: z.number(), billedMs: z.number() });

const assumptionsSchema = z.strictObject({
  calls: z.object({
    utteranceEverySeconds: z.number(),
    minutes: z.number(),
    tickEverySeconds: z.number(),
    callsAReport: z.number(),
  }),
  /** See `Timings`. */
  timings: z.object({
    pollMs: z.number(),
    tableRequestMs: z.number(),
    postMs: z.number(),
    postCpuMs: z.number(),
    invocationMs: z.number(),
  }),
  /** The memory size at which Lambda allots a whole processor; a smaller function gets its share of one. */
  processorMegabytes: z.number(),
  functions: z.object({
    ingest: z.object({ megabytes: z.number() }),
    push: z.object({ megabytes: z.number() }),
    tick: timed,
    sweep: timed,
    notify: timed,
    recap: timed,
  }),
  /** Rows of the audit: how often an alert is handled, and how often a past call is read. */
  audit: z.object({ rowsAnAlert: z.number(), readingsACall: z.number() }),
  /** Of one call that is over: its rows, what is read for them, and what a model is sent and answers. */
  recap: z.object({
    writeUnits: z.number(),
    readUnits: z.number(),
    logBytes: z.number(),
    inputTokens: z.number(),
    outputTokens: z.number(),
  }),
  logBytesPerAlert: z.number(),
  logBytesPerSweep: z.number(),
});
export type Assumptions = z.infer<typeof assumptionsSchema>;

const pricesSchema = z.strictObject({
  region: z.string(),
  checked: z.string(),
  perMillion: z.object({
    eventBridgeEvents: z.number(),
    dynamoDbWriteUnits: z.number(),
    dynamoDbReadUnits: z.number(),
    lambdaRequests: z.number(),
    snsPublishes: z.number(),
    webSocketMessages: z.number(),
    webSocketConnectionMinutes: z.number(),
  }),
  lambdaGigabyteSecond: z.number(),
  logsGigabyte: z.number(),
  transferGigabyte: z.number(),
  modelMillionTokens: z.record(z.string(), z.object({ input: z.number(), output: z.number() })),
  speechCallHour: z.record(z.string(), z.number()),
});
export type Prices = z.infer<typeof pricesSchema>;

/** What can only be measured on AWS and in a call centre. */
export function readAssumptions(): Assumptions {
  return assumptionsSchema.parse(read('assumptions.json'));
}

/** What AWS and the vendors of speech engines ask for, in dollars. */
export function readPrices(): Prices {
  return pricesSchema.parse(read('prices.json'));
}

function read(file: string): unknown {
  return JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8'));
}
