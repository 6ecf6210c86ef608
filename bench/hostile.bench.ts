import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ListQueuesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { z } from 'zod';
import { publishAs } from '../e2e/bus.ts';
import { idTokenOf, openViewer, signIn, type SignedIn } from '../e2e/clients.ts';
import { readTestConfig } from '../e2e/config.ts';
import { eventually } from '../e2e/eventually.ts';
import type { RunningSystem } from '../e2e/system.ts';
import { openTable } from '../functions/adapters/table.ts';
import { people } from '../local/people.ts';
import { printedSteps } from '../local/progress.ts';
import { startCloud } from '../local/system.ts';
import type { Benchmark } from './benchmark.ts';
import { controlCall, controlRelay, isWhole, outcomeOf } from './hostile/control.ts';
import { HostileEvents, hostileRelays } from './hostile/events.ts';
import { sendHostileFrames } from './hostile/frames.ts';
import {
  hostileAlertPatch,
  hostileRequest,
  hostileRulePuts,
  hostileSettingsPut,
  type HostileRequest,
} from './hostile/requests.ts';
import { inspectRows } from './hostile/rows.ts';
import { randomFrom } from '../functions/ingest/example-traffic.fake.ts';

const BATCH = 10;
const CONTROL_CALLS = 8;
/** The ids of control calls; alerts of others are changed. */
const CONTROL_CALL = new RegExp(`^${controlRelay.pbx}-(?:alone|beside|after)-`);
/** A rule that was saved applies to new events after this long. */
const RULES_AGE_MS = 11_000;
/** Time in which the endpoint works off what was sent. */
const SETTLED_WITHIN_MS = 600_000;

/** Sends hostile events and requests to the deployed app on the local endpoint, beside calls that must not notice. */
export default {
  about:
    'Hostile events and requests beside well-behaved calls (--events N --rate N --relays N --requests N --frames N --seed N)',
  async run(args) {
    const { values } = parseArgs({
      args,
      options: {
        events: { type: 'string', default: '20000' },
        rate: { type: 'string', default: '40' },
        relays: { type: 'string', default: '4' },
        requests: { type: 'string', default: '2000' },
        frames: { type: 'string', default: '500' },
        seed: { type: 'string', default: '1' },
      },
    });
    const extent: Extent = {
      events: Number(values.events),
      rate: Number(values.rate),
      relays: Number(values.relays),
      requests: Number(values.requests),
      frames: Number(values.frames),
      seed: Number(values.seed),
    };
    const config = await readTestConfig('bench-hostile');
    const started: (() => Promise<void>)[] = [];
    try {
      const cloud = await startCloud(config, { engine: 'script', step: printedSteps(process.stdout) }, started);
      const running: RunningSystem = {
        config,
        system: { ...cloud, siteUrl: '', relay: { audioSocket: '', httpUrl: '' } },
      };
      return { figures: await attack(running, extent), peers: {} };
    } finally {
      for (const stop of started.reverse()) await stop();
    }
  },
} satisfies Benchmark;

interface Extent {
  readonly events: number;
  /** Events a second, at most. */
  readonly rate: number;
  readonly relays: number;
  readonly requests: number;
  readonly frames: number;
  readonly seed: number;
}

async function attack(running: RunningSystem, extent: Extent) {
  const { config, system } = running;
  const client = { endpoint: system.endpointUrl, region: config.aws.region, credentials: config.aws };
  const table = openTable(system.outputs.TableName, new DynamoDBClient(client));
  const api = await signIn(running);
  const admin = await askAs(running, people[1]);
  const supervisor = await askAs(running, people[0]);
  const random = randomFrom(extent.seed);
  const statuses = new Map<number, number>();
  const failures: string[] = [];
  const ask = async (request: HostileRequest, as = admin) => {
    const { status } = await as(request);
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (status >= 500) failures.push(`${request.method} ${request.path.slice(0, 200)}: ${status}`);
  };

  for (const put of hostileRulePuts) await ask(put);
  await delay(RULES_AGE_MS);
  const alone = await playControls(running, api, 'alone');
  console.log(`${alone.filter(Boolean).length} of ${CONTROL_CALLS} control calls are whole alone`);

  const viewer = await openViewer(api);
  const relays = hostileRelays(extent.relays);
  for (const topic of ['overview', 'alerts', ...relays.map(({ pbx }) => `call:${pbx}-constructor`)] as const) {
    viewer.subscribe(topic as 'alerts');
  }
  const routes = await routesOf(system.outputs.ApiUrl);
  const victims: string[] = [];
  const events = new HostileEvents(random, relays, victims);
  const requests = new HostileRequests(random, routes, admin);
  const largest = { bytes: 0, key: '' };
  const inspect = async () => {
    const found = await inspectRows(table);
    if (found.largest.bytes > largest.bytes) Object.assign(largest, found.largest);
    return found;
  };

  const batches = Array.from({ length: Math.ceil(extent.events / BATCH) }, (_, index) => index);
  const asked = Array.from({ length: extent.requests }, (_, index) => index);
  const frameFailures: string[] = [];
  const beside = playControls(running, api, 'beside', (callId) => victims.push(callId));
  const startedAt = Date.now();
  await Promise.all([
    pMap(
      batches,
      async (index) => {
        await delay(Math.max(0, startedAt + (index * BATCH * 1_000) / extent.rate - Date.now()));
        await publishAs(
          running,
          Array.from({ length: BATCH }, () => events.next(Date.now())),
        );
        if (index % 100 === 99) {
          const { rows, unreadable } = await inspect();
          console.log(
            `${(index + 1) * BATCH} events, ${rows} rows, ${unreadable.length} unreadable, largest ${largest.bytes}`,
          );
        }
      },
      { concurrency: 2 },
    ),
    pMap(asked, async (index) => ask(await requests.next(), index % 3 === 0 ? supervisor : admin), { concurrency: 1 }),
    sendHostileFrames(api, extent.frames, random).then((unanswered) => {
      frameFailures.push(...unanswered);
    }),
  ]);
  console.log(`All was sent after ${Math.round((Date.now() - startedAt) / 1_000)} s`);
  const outcomes = await beside;
  // What comes after the attack goes as before it.
  const after = await playControls(running, api, 'after');
  for (const path of routes.flatMap(([method, path]) => (method === 'GET' && !path.includes('{') ? [path] : []))) {
    await ask({ method: 'GET', path });
  }
  const { rows, unreadable } = await inspect();
  const [expected] = alone;
  const harmed = [...alone, ...outcomes, ...after].filter((outcome) => outcome === undefined || outcome !== expected);
  const refused = await refusedEvents(client);
  const toViewer = viewer.received.length;
  await viewer.close();
  console.log({
    statuses: Object.fromEntries(statuses),
    failures: failures.slice(0, 20),
    frameFailures: frameFailures.slice(0, 20),
    unreadable: unreadable.slice(0, 20),
    largest,
    refused,
  });
  if (harmed.length > 0) console.log('expected', expected, 'harmed', harmed.slice(0, 2));
  return {
    events: extent.events,
    requests: [...statuses.values()].reduce((sum, count) => sum + count, 0),
    frames: extent.frames,
    rows,
    messagesToViewer: toViewer,
    harmedOtherCalls: harmed.length,
    unreadableRows: unreadable.length,
    http500: failures.length,
    framesWithoutReply: frameFailures.length,
    largestItemBytes: largest.bytes,
    refusedEvents: refused[REFUSED] ?? 0,
    unexpectedFailures: Object.entries(refused).reduce(
      (sum, [reason, count]) => sum + (reason === REFUSED ? 0 : count),
      0,
    ),
  };
}

/**
 * Plays control calls; undefined for one that did not end whole.
 * @param onStored receives the id of each call once it is stored
 */
async function playControls(
  running: RunningSystem,
  api: SignedIn,
  when: string,
  onStored: (callId: string) => void = () => undefined,
): Promise<(string | undefined)[]> {
  const run = randomUUID().slice(0, 8);
  return pMap(
    Array.from({ length: CONTROL_CALLS }, (_, index) => index),
    async (index) => {
      const { callId, events } = controlCall(`${when}-${run}-${index}`, Date.now());
      const [start, ...others] = events.map((event) => ({ sender: controlRelay, event }));
      if (start) await publishAs(running, [start]);
      const stored = eventually(async () => api.call(callId).catch(() => undefined), SETTLED_WITHIN_MS);
      if (!(await stored.catch(() => undefined))) return undefined;
      onStored(callId);
      for (const event of others) await publishAs(running, [event]);
      const whole = await eventually(async () => {
        const detail = await api.call(callId).catch(() => undefined);
        return detail && isWhole(detail) ? detail : undefined;
      }, SETTLED_WITHIN_MS).catch(() => undefined);
      return whole && outcomeOf(whole);
    },
    { concurrency: 2 },
  );
}

/** Requests as a person. */
async function askAs(running: RunningSystem, person: { readonly email: string; readonly password: string }) {
  const { system } = running;
  const authorization = `Bearer ${await idTokenOf(running, person)}`;
  return async ({ method, path, body }: HostileRequest) => {
    const response = await fetch(`${system.outputs.ApiUrl.replace(/\/$/, '')}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, text: await response.text() };
  };
}
type Ask = Awaited<ReturnType<typeof askAs>>;

const storedAlertsSchema = z.object({ alerts: z.array(z.object({ callId: z.string(), alertId: z.string() })) });

/** Makes requests: most to any route, some that change settings, some that change alerts of hostile calls. */
class HostileRequests {
  readonly #random: () => number;
  readonly #routes: readonly [method: string, path: string][];
  readonly #admin: Ask;
  #alerts: string[] = [];
  #made = 0;

  constructor(random: () => number, routes: readonly [method: string, path: string][], admin: Ask) {
    this.#random = random;
    this.#routes = routes;
    this.#admin = admin;
  }

  async next(): Promise<HostileRequest> {
    if (this.#made++ % 50 === 0) await this.#findAlerts();
    const chance = this.#random();
    const alert = this.#alerts[Math.floor(this.#random() * this.#alerts.length)];
    if (chance < 0.1) return hostileSettingsPut(this.#random);
    if (chance < 0.3 && alert !== undefined) return hostileAlertPatch(alert, this.#random);
    return hostileRequest(this.#routes, this.#random);
  }

  async #findAlerts(): Promise<void> {
    const { status, text } = await this.#admin({ method: 'GET', path: '/alerts?limit=200' });
    if (status !== 200) return;
    this.#alerts = storedAlertsSchema
      .parse(JSON.parse(text))
      .alerts.filter(({ callId }) => !CONTROL_CALL.test(callId))
      .map(({ callId, alertId }) => `/calls/${encodeURIComponent(callId)}/alerts/${encodeURIComponent(alertId)}`);
  }
}

async function routesOf(apiUrl: string): Promise<[method: string, path: string][]> {
  const response = await fetch(`${apiUrl.replace(/\/$/, '')}/openapi.json`);
  const { paths } = z.object({ paths: z.record(z.string(), z.object().loose()) }).parse(await response.json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods)
      // Rules are changed before the run alone: the control calls are judged by the same ones throughout.
      .filter((method) => !(method === 'put' || method === 'delete'))
      .map((method): [string, string] => [method.toUpperCase(), path]),
  );
}

/** How the messages of errors begin or go on with which a function refuses what cannot be of a call. */
const REFUSALS = [
  /^\[\s*\{/,
  /lies (?:after|too long before) its event/,
  /does not lie within its call/,
  /^The seq \d+ is too far/,
];
const REFUSED = 'refused';

/** The events that wait in dead-letter queues, by the reason. */
async function refusedEvents(
  client: ConstructorParameters<typeof SQSClient>[0] & object,
): Promise<Record<string, number>> {
  const sqs = new SQSClient(client);
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand());
  const counts = new Map<string, number>();
  for (const QueueUrl of QueueUrls) {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 3_600 }),
      );
      if (Messages.length === 0) break;
      for (const { Body = '' } of Messages) {
        const reason = reasonOf(Body);
        counts.set(reason, (counts.get(reason) ?? 0) + 1);
      }
    }
  }
  sqs.destroy();
  return Object.fromEntries(counts);
}

/** {@link REFUSED}, or what went wrong instead. The endpoint passes on the message of an error alone, not its type. */
function reasonOf(body: string): string {
  const schema = z.object({ responsePayload: z.object({ errorMessage: z.string() }) });
  try {
    const { errorMessage } = schema.parse(JSON.parse(body)).responsePayload;
    return REFUSALS.some((refusal) => refusal.test(errorMessage)) ? REFUSED : errorMessage.slice(0, 200);
  } catch {
    return 'no failed event';
  }
}
