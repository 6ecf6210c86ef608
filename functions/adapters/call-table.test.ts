import { readFileSync } from 'node:fs';
import { evolve } from '#core/call/evolve.ts';
import { exampleAlert } from '#core/call/example-call.ts';
import { initialCall, type ScoredUtterance } from '#core/call/state.ts';
import { utteranceTranscribedSchema } from '#core/call/events.ts';
import { defaultRules } from '#core/rules/defaults.ts';
import { compileRules } from '#core/rules/compile.ts';
import { scoreUtterance } from '#core/sentiment/engine.ts';
import fc from 'fast-check';
import { ingest, type IngestDependencies } from '../ingest/ingest.ts';
import { tableOf } from '#core/own-table.ts';
import { callKey, utteranceKey } from '#core/table-layout.ts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { packed as packedOf } from './packed.ts';
import { UnreadableRowError } from './rows.ts';
import type { Table } from './table.ts';
import { AlertTable } from './alert-table.ts';
import { CallTable, VersionConflictError } from './call-table.ts';
import { startTestTable } from './table.fake.ts';

const golden = utteranceTranscribedSchema.parse(
  JSON.parse(readFileSync(`${__dirname}/../../core/contracts/golden/UtteranceTranscribed.v1.json`, 'utf8')),
);
const utterance = (callId: string, seq: number, text = golden.text): ScoredUtterance => ({
  ...golden,
  callId,
  seq,
  startMs: seq * 4000,
  endMs: seq * 4000 + 2000,
  text,
  score: scoreUtterance(text),
  ingestedAt: golden.publishedAt + 50,
});

let calls: CallTable;
let alerts: AlertTable;
let table: Table;
let stop: () => Promise<void>;
beforeAll(async () => {
  const started = await startTestTable();
  stop = started.stop;
  table = started.table;
  calls = new CallTable(table, 30);
  alerts = new AlertTable(table);
}, 120_000);
afterAll(async () => stop());

const stateOf = (callId: string) => initialCall({ ...golden, callId });

describe('CallTable', () => {
  it('keeps the first of two utterances with one seq', async () => {
    await calls.putUtterance(utterance('first', 1, 'what was said'));
    await calls.putUtterance(utterance('first', 1, 'something else'));
    expect(await calls.utterancesFrom('first', 1, 5)).toEqual([utterance('first', 1, 'what was said')]);
  });

  it('returns utterances from a seq on, in numeric order', async () => {
    for (const seq of [100, 9, 10, 11]) await calls.putUtterance(utterance('order', seq));
    const seqsFrom = async (seq: number, most: number) =>
      (await calls.utterancesFrom('order', seq, most)).map((utterance) => utterance.seq);
    expect(await seqsFrom(10, 50)).toEqual([10, 11, 100]);
    expect(await seqsFrom(10, 2)).toEqual([10, 11]);
  });

  it('reads back what it saved', async () => {
    const state = { ...evolve(stateOf('same'), utterance('same', 1)), version: 1 };
    await calls.save(state, []);
    expect(await calls.load('same')).toEqual(state);
  });

  it('reads alert ids as version 0.1 wrote them, and loads alerts by either form', async () => {
    const [old, current] = ['cancel#3', 'cancel~3'];
    const state = {
      ...stateOf('old-ids'),
      version: 1,
      openAlerts: tableOf([[old, 'urgent' as const]]),
      lastFired: tableOf([['cancel', { atMs: 1, alertId: old }]]),
    };
    const alert = { ...exampleAlert, callId: 'old-ids', alertId: old };
    await calls.save(state, [alert, { ...alert, alertId: 'cancel#4', follows: old }]);
    expect(await calls.load('old-ids')).toEqual({
      ...state,
      openAlerts: { [current]: 'urgent' },
      lastFired: { cancel: { atMs: 1, alertId: current } },
    });
    const detail = await calls.detail('old-ids');
    expect(detail?.alerts.map(({ alertId, follows }) => [alertId, follows])).toEqual([
      [current, undefined],
      ['cancel~4', current],
    ]);
    for (const alertId of [old, current]) {
      expect(await alerts.load('old-ids', alertId)).toEqual({ ...alert, alertId: current });
    }
  });

  it('passes over a call that cannot be read, which harms no other', async () => {
    await calls.save({ ...stateOf('sound'), version: 1 }, []);
    await calls.save({ ...stateOf('damaged'), version: 1 }, []);
    for (const packed of ['not deflated', Buffer.from('x'), packedOf({ ...stateOf('damaged'), nextSeq: 0 })]) {
      await table.client.send(
        new UpdateCommand({
          TableName: table.name,
          Key: callKey('damaged'),
          UpdateExpression: 'SET packed = :packed',
          ExpressionAttributeValues: { ':packed': packed },
        }),
      );
      const unreadable: string[] = [];
      const active = await calls.unfinished(({ PK }) => unreadable.push(PK));
      expect(active.map(({ callId }) => callId)).toContain('sound');
      expect(unreadable).toEqual([callKey('damaged').PK]);
      await expect(calls.load('damaged')).rejects.toThrow(UnreadableRowError);
      await expect(calls.detail('damaged')).rejects.toThrow(UnreadableRowError);
    }
  });

  it('shows the rest of a call of which a row cannot be read', async () => {
    await calls.save({ ...stateOf('partly'), version: 1 }, []);
    for (const seq of [1, 2]) await calls.putUtterance(utterance('partly', seq));
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: utteranceKey('partly', 1),
        UpdateExpression: 'SET startMs = :startMs',
        ExpressionAttributeValues: { ':startMs': 'soon' },
      }),
    );
    expect((await calls.detail('partly'))?.utterances.map(({ seq }) => seq)).toEqual([2]);
  });

  it('writes nothing that it could not read', async () => {
    const state = { ...stateOf('unwritten'), version: 1, lostAudioMs: Number.MAX_SAFE_INTEGER + 1 };
    await expect(calls.save(state, [])).rejects.toThrow();
    expect(await calls.load('unwritten')).toBeUndefined();
    await expect(calls.putUtterance({ ...utterance('unwritten', 1), startMs: -1 })).rejects.toThrow();
    expect(await calls.utterance('unwritten', 1)).toBeUndefined();
  });

  it('rejects a state based on an old version, and its alerts with it', async () => {
    const state = { ...stateOf('stale'), version: 1 };
    await calls.save(state, []);
    await calls.save({ ...state, version: 2 }, []);
    const { alerts } = await raisedOn('stale-source');
    const again = calls.save(
      { ...state, version: 2 },
      alerts.map((alert) => ({ ...alert, callId: 'stale' })),
    );
    await expect(again).rejects.toThrow(VersionConflictError);
    expect((await calls.detail('stale'))?.alerts).toEqual([]);
    await expect(calls.save(state, [])).rejects.toThrow(VersionConflictError);
  });

  it('lists live calls without those that ended', async () => {
    const live = { ...stateOf('live'), version: 1 };
    await calls.save(live, []);
    expect((await calls.active()).map(({ callId }) => callId)).toContain('live');
    await calls.save({ ...live, version: 2, status: 'ended', endedAt: 1, endReason: 'hangup' }, []);
    expect((await calls.active()).map(({ callId }) => callId)).not.toContain('live');
  });

  it('reads more states than one batch holds', async () => {
    const ids = Array.from({ length: 130 }, (_, index) => `many-${index}`);
    await Promise.all(ids.map((id) => calls.save({ ...stateOf(id), version: 1 }, [])));
    expect(new Set((await calls.states(ids)).map(({ callId }) => callId))).toEqual(new Set(ids));
  });

  it('has no call of which only utterances are stored', async () => {
    await calls.putUtterance(utterance('loose', 5));
    expect(await calls.detail('loose')).toBeUndefined();
  });
});

const rules = compileRules(defaultRules);
const dependenciesOf = (table: CallTable): IngestDependencies => ({
  calls: table,
  rules: () => Promise.resolve(rules),
  score: scoreUtterance,
  now: () => golden.publishedAt + 50,
  pause: () => Promise.resolve(),
  onConflict: () => undefined,
});

async function raisedOn(callId: string) {
  const stored = utterance(callId, 1);
  return { alerts: await ingest(stored, dependenciesOf(calls)), stored };
}

describe('ingest on a real table', () => {
  const said = ['hello', 'I hate this', 'it is awful', 'you are useless', 'cancel my account', 'thank you so much'];

  it('comes to the same state and alerts in any order, with repeats and concurrently', async () => {
    const inOrder = await play(
      'in-order',
      said.map((_, index) => index + 1),
      1,
    );
    let run = 0;
    const order = fc.shuffledSubarray(
      said.flatMap((_, index) => [index + 1, index + 1]),
      { minLength: said.length * 2 },
    );
    await fc.assert(
      fc.asyncProperty(order, fc.integer({ min: 1, max: 6 }), async (seqs, senders) => {
        const shuffled = await play(`shuffled-${run++}`, seqs, senders);
        expect(shuffled).toEqual(inOrder);
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  /** Ingests a call's utterances in an order, by concurrent senders; returns what is stored then, without its id. */
  async function play(callId: string, seqs: readonly number[], senders: number) {
    const queue = [...seqs];
    const sender = async () => {
      for (let seq = queue.shift(); seq !== undefined; seq = queue.shift()) {
        const { score: _, ingestedAt: __, ...event } = utterance(callId, seq, said[seq - 1]);
        await ingest(event, dependenciesOf(calls));
      }
    };
    await Promise.all(Array.from({ length: senders }, sender));
    const { state, utterances, alerts } = (await calls.detail(callId)) ?? fail(callId);
    return JSON.parse(
      JSON.stringify({ state: { ...state, version: 0 }, utterances, alerts }).replaceAll(callId, 'call'),
    ) as unknown;
  }

  function fail(callId: string): never {
    throw new Error(`${callId} is not stored`);
  }
});
