import { createHash } from 'node:crypto';
import type { RelayCommand } from '#core/contracts/control.ts';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { pino } from 'pino';
import { ManualClock } from '../clock.fake.ts';
import { ControlChannel, type ControlChannelDependencies } from './channel.ts';
import { type FakeCloud, FAKE_CREDENTIALS, FAKE_REGION, startFakeCloud } from './cloud.fake.ts';
import { openTicket, TicketError } from './ticket.ts';
import { until } from '../until.ts';

const MINUTE_MS = 60_000;
const REQUEST = '6f9619ff-8b86-4011-b42d-00cf4fc964ff';

describe('ControlChannel', () => {
  // Signs as the relay does: with what the client of the bus has.
  const aws = new EventBridgeClient({ region: FAKE_REGION, credentials: FAKE_CREDENTIALS });
  let clock: ManualClock;
  let fake: FakeCloud;
  let live: string[];
  let commands: RelayCommand[];
  let forgotten: number;
  let logged: string;
  let random: number;
  /** Connections that were begun. */
  let tried: number;
  const channels: ControlChannel[] = [];

  function start(more: Partial<ControlChannelDependencies> = {}): ControlChannel {
    const channel = new ControlChannel({
      clock,
      log: pino({}, { write: (line: string) => void (logged += line) }),
      random: () => random,
      openTicket: () => {
        tried++;
        return openTicket(fake.url, 'berlin-1', aws.config);
      },
      liveCallIds: () => live,
      onCommand: (command) => commands.push(command),
      onForgotten: () => forgotten++,
      ...more,
    });
    channels.push(channel);
    channel.start();
    return channel;
  }
  async function connect(): Promise<ControlChannel> {
    const channel = start();
    await until(() => channel.isConnected && fake.connections.length === 1);
    return channel;
  }
  const watch = (callId: string): RelayCommand => ({ type: 'watch', callId });
  const has = (callId: string) => commands.some((command) => command.type === 'watch' && command.callId === callId);

  const pings = () => fake.messages.filter(({ action }) => action === 'ping').length;

  /** Time goes on, and each ping is answered. */
  async function pass(minutes: number): Promise<void> {
    for (let left = minutes; left > 0; left -= 5) {
      const before = pings();
      clock.advance(Math.min(5, left) * MINUTE_MS);
      if (left < 5) return;
      await until(() => pings() > before);
      // Messages keep their order: the pong has been taken when this has.
      const mark = `mark-${clock.now()}`;
      fake.send(watch(mark));
      await until(() => has(mark));
    }
  }

  beforeEach(async () => {
    clock = new ManualClock();
    live = [];
    commands = [];
    forgotten = 0;
    logged = '';
    random = 0;
    tried = 0;
    fake = await startFakeCloud();
  });
  afterEach(async () => {
    for (const channel of channels.splice(0)) channel.stop();
    await fake.close();
  });

  it('opens one connection by a ticket for which it signs, and names the calls that run, fifty a message', async () => {
    live = Array.from({ length: 120 }, (_, i) => `berlin-1795399200.${i}`);
    const channel = start();
    await until(() => fake.messages.length === 3);
    expect(channel.isConnected).toBe(true);
    expect(fake).toMatchObject({ ticketRequests: 1, badSignatures: 0 });
    expect(fake.connections.map(({ relayId }) => relayId)).toEqual(['berlin-1']);
    expect(fake.messages.map((message) => message.action === 'live' && message.callIds.length)).toEqual([50, 50, 20]);
    expect(fake.messages.flatMap((message) => (message.action === 'live' ? message.callIds : []))).toEqual(live);
  });

  it('gets no ticket by a signature of other bytes', async () => {
    const forged = { ...aws.config, credentials: { ...FAKE_CREDENTIALS, secretAccessKey: 'another' } };
    await expect(openTicket(fake.url, 'berlin-1', forged)).rejects.toThrow(TicketError);
    await expect(openTicket(fake.url, 'berlin-1', forged)).rejects.toThrow('EARSHOT_RELAY_ID');
    expect(fake.badSignatures).toBe(2);
  });

  it.each([
    [401, 'credentials'],
    [404, 'EARSHOT_CONTROL_URL'],
    [500, '500'],
  ])('says what to do about an answer of %i', async (status, named) => {
    fake.refusal = status;
    await expect(openTicket(fake.url, 'berlin-1', aws.config)).rejects.toThrow(named);
  });

  it('says nothing while there is nothing to say, but a ping each five minutes', async () => {
    await connect();
    await pass(60);
    expect(fake.messages.map(({ action }) => action)).toEqual(new Array(12).fill('ping'));
    expect(tried).toBe(1);
  });

  it('hands on commands, and passes over what it does not understand', async () => {
    const channel = await connect();
    const command: RelayCommand = {
      type: 'monitor',
      requestId: REQUEST,
      callId: 'berlin-1.2',
      mode: 'whisper',
      extension: '6100',
    };
    fake.connections[0]?.socket.send('{"type":"dance","secret":"+442079460123"}');
    fake.connections[0]?.socket.send('not JSON');
    fake.send(command);
    await until(() => commands.length === 1);
    expect(commands).toEqual([command]);
    expect(channel.counts).toMatchObject({ commands: 1, misunderstood: 2 });
    expect(logged).not.toContain('442079460123');
  });

  it('comes back when the connection is lost, and receives the watchers again', async () => {
    live = ['berlin-1.2'];
    const channel = start();
    await until(() => fake.messages.length === 1);
    fake.connections[0]?.socket.terminate();
    await until(() => !channel.isConnected);
    expect(forgotten).toBe(2);
    clock.advance(999);
    expect(tried).toBe(1);
    clock.advance(1);
    expect(tried).toBe(2);
    await until(() => fake.messages.length === 2);
    expect(fake.messages[1]).toEqual({ action: 'live', callIds: live });
  });

  it('lets go of a connection that has died without a word', async () => {
    const channel = await connect();
    fake.answersPings = false;
    clock.advance(5 * MINUTE_MS);
    await until(() => fake.messages.length === 1);
    clock.advance(14_999);
    expect(channel.isConnected).toBe(true);
    clock.advance(1);
    await until(() => !channel.isConnected);
    clock.advance(1_000);
    await until(() => channel.isConnected);
  });

  it.each([
    [0, [1, 2, 4, 8, 16, 30, 30, 30]],
    [1, [2, 4, 8, 16, 32, 60, 60, 60]],
  ])('tries for ever, at growing distances (jitter %d)', async (jitter, expected) => {
    random = jitter;
    const triedAt: number[] = [];
    const channel = start({
      openTicket: () => {
        triedAt.push(clock.now());
        return Promise.reject(new TicketError('the cloud is away'));
      },
    });
    for (let tries = 1; tries <= expected.length; tries++) {
      await until(() => channel.counts.failures === tries);
      while (triedAt.length === tries) clock.advance(500);
    }
    expect(triedAt.slice(1).map((at, i) => (at - (triedAt[i] ?? 0)) / 1_000)).toEqual(expected);
    expect(channel.problem).toBe('the cloud is away');
    expect(logged.match(/is not connected/g)).toHaveLength(1);
  });

  it('says why it is refused, and connects when it is not any more', async () => {
    fake.refusal = 403;
    const channel = start();
    await until(() => channel.problem !== undefined);
    expect(channel.problem).toContain('EARSHOT_RELAY_ID');
    fake.refusal = undefined;
    fake.refusedUpgrades = 1;
    clock.advance(1_000);
    await until(() => channel.counts.failures === 2);
    expect(channel.problem).toContain('403');
    clock.advance(2_000);
    await until(() => channel.isConnected);
    expect(channel.problem).toBeUndefined();
  });

  it('renews its connection before the two hours are over, and loses no command meanwhile', async () => {
    live = ['berlin-1.2'];
    const channel = await connect();
    const [old] = fake.connections;
    await pass(104);
    expect(tried).toBe(1);
    clock.advance(MINUTE_MS);
    await until(() => fake.connections[1]?.messages.length === 1);
    expect(fake.connections[1]?.messages).toEqual([{ action: 'live', callIds: live }]);
    fake.send(watch('on-the-old'), old);
    fake.send(watch('on-the-new'));
    await until(() => has('on-the-old') && has('on-the-new'));
    clock.advance(10_000);
    await until(() => fake.connections.length === 1);
    expect(fake.connections[0]).not.toBe(old);
    expect(channel.isConnected).toBe(true);
    // And on with the new one, for as long again.
    await pass(104);
    expect(tried).toBe(2);
    clock.advance(MINUTE_MS);
    expect(tried).toBe(3);
  }, 20_000);

  it('keeps the connection it has when it cannot be renewed', async () => {
    const channel = await connect();
    await pass(104);
    fake.refusal = 500;
    clock.advance(MINUTE_MS);
    await until(() => channel.counts.failures === 1);
    expect(channel.problem).toBeUndefined();
    fake.send(watch('berlin-1.2'));
    await until(() => has('berlin-1.2'));
    fake.refusal = undefined;
    clock.advance(1_000);
    await until(() => fake.connections.length === 2);
  }, 20_000);

  it('sends an outcome until the cloud has it', async () => {
    const channel = await connect();
    fake.answersPings = false;
    channel.sendOutcome(REQUEST, 'berlin-1.2', 'busy');
    await until(() => fake.messages.length === 2);
    fake.connections[0]?.socket.terminate();
    await until(() => !channel.isConnected);
    const another = '6f9619ff-8b86-4011-b42d-00cf4fc96400';
    channel.sendOutcome(another, 'berlin-1.3', 'answered');
    fake.answersPings = true;
    clock.advance(1_000);
    await until(() => fake.messages.length === 5);
    expect(fake.messages.slice(2)).toEqual([
      { action: 'outcome', requestId: REQUEST, callId: 'berlin-1.2', outcome: 'busy' },
      { action: 'outcome', requestId: another, callId: 'berlin-1.3', outcome: 'answered' },
      { action: 'ping' },
    ]);
    fake.send(watch('berlin-1.2'));
    await until(() => has('berlin-1.2'));
    fake.connections[0]?.socket.terminate();
    await until(() => !channel.isConnected);
    clock.advance(2_000);
    await until(() => channel.isConnected);
    fake.send(watch('berlin-1.3'));
    await until(() => has('berlin-1.3'));
    expect(fake.messages).toHaveLength(5);
  });

  it('holds words back from a network that does not take them, but no outcome', async () => {
    const channel = await connect();
    fake.connections[0]?.socket.pause();
    // Text that does not compress, should anybody try.
    const text = Array.from({ length: 15 }, (_, i) => createHash('sha256').update(String(i)).digest('hex')).join('');
    const partial = { callId: 'berlin-1.2', channel: 'caller', startMs: 0, text, heardAt: clock.now() } as const;
    let sent = 0;
    await until(() => {
      for (let i = 0; i < 100; i++, sent++) if (!channel.sendPartial(partial)) return true;
      return false;
    });
    channel.sendOutcome(REQUEST, 'berlin-1.2', 'answered');
    expect(channel.counts).toMatchObject({ partials: sent, heldPartials: 1 });
    fake.connections[0]?.socket.resume();
    await until(() => fake.messages.some(({ action }) => action === 'outcome'));
    expect(fake.messages.filter(({ action }) => action === 'partial')).toHaveLength(sent);
    expect(channel.sendPartial(partial)).toBe(true);
  }, 20_000);

  it('takes no words while there is no connection', () => {
    const channel = start();
    expect(channel.sendPartial({ callId: 'a', channel: 'mixed', startMs: 0, text: 'b', heardAt: 0 })).toBe(false);
  });

  it('is gone when it stops', async () => {
    const channel = await connect();
    channel.stop();
    await until(() => fake.connections.length === 0);
    clock.advance(180 * MINUTE_MS);
    expect(tried).toBe(1);
    expect(channel.problem).toBeUndefined();
  });
});
