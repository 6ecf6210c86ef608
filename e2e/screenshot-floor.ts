import type { CallMetadata } from '#core/call/events.ts';
import { MS_PER_CHARACTER, SeedRelay, type SeededCall } from './seed.ts';
import type { RunningSystem } from './system.ts';

type Spoken = readonly ['agent' | 'caller', string];

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const PAUSE_MS = 2_000;
const GREETING: Spoken = ['agent', 'Thank you for calling, this call may be recorded for quality. How can I help?'];

const agents = [
  { id: '6001', name: 'Dana Wills' },
  { id: '6002', name: 'Sam Kerr' },
  { id: '6003', name: 'Mo Lindqvist' },
  { id: '6004', name: 'Ines Duarte' },
  { id: '6005', name: 'Petra Novak' },
  { id: '6006', name: 'Jon Abara' },
  { id: '6007', name: 'Lucia Ferri' },
] as const;

const angry: readonly Spoken[] = [
  GREETING,
  ['caller', 'Hello, I have a question about my last bill.'],
  ['agent', 'Of course, let me open your account.'],
  ['caller', 'You charged me twice in March, and I have called about it before.'],
  ['agent', 'I can see both charges here, thank you for telling me.'],
  ['caller', 'Last week somebody promised me a call back and nobody called. That is really disappointing.'],
  ['agent', 'I understand, let me see what I can do.'],
  ['caller', 'This is the third time I explain it and I am sick of it.'],
  ['agent', 'One moment please, I am looking into it.'],
  ['caller', 'I want to cancel my account today.'],
  ['agent', 'Before you do that, may I put you through to a colleague?'],
  ['caller', 'No, this is a terrible, horrible service and I hate being lied to.'],
  ['agent', 'I am sorry to hear that.'],
  ['caller', 'If I do not have my money back by Friday you will hear from my lawyer and the ombudsman.'],
];

const uneasy: readonly Spoken[] = [
  GREETING,
  ['caller', 'My parcel was meant to be here on Monday.'],
  ['agent', 'Let me check where it is.'],
  ['caller', 'If it is not here tomorrow I will cancel it then.'],
];

const pleasant: readonly Spoken[] = [
  GREETING,
  ['caller', 'Hi, I would like to add my daughter to the plan.'],
  ['agent', 'Gladly, that takes one minute.'],
  ['caller', 'Oh great, that is easier than I thought. Thank you so much!'],
];

const plain: readonly Spoken[] = [
  GREETING,
  ['caller', 'I need the address of the branch in Leeds.'],
  ['agent', 'It is twelve Park Row, open until six.'],
  ['caller', 'Twelve Park Row, got it.'],
];

const undisclosed: readonly Spoken[] = [
  ['agent', 'Good morning, how can I help?'],
  ['caller', 'I am calling about the offer in your letter.'],
  ['agent', 'Yes, the fibre line for the price of the old one.'],
  ['caller', 'That sounds good to me.'],
];

const live = [
  { agent: 0, campaign: 'RETENTION', inGroup: 'SAVE', minutes: 3.6, said: angry },
  { agent: 1, campaign: 'PARCELS', inGroup: 'DELIVERY', minutes: 1.2, said: uneasy },
  { agent: 2, campaign: 'SALES', inGroup: 'UPGRADE', minutes: 0.9, said: pleasant },
  { agent: 3, campaign: 'SERVICE', inGroup: 'BRANCHES', minutes: 0.7, said: plain },
  { agent: 4, campaign: 'SALES', inGroup: 'UPGRADE', minutes: 1, said: undisclosed },
  { agent: 5, campaign: 'SERVICE', inGroup: 'PLANS', minutes: 1.1, said: pleasant },
  { agent: 6, campaign: 'PARCELS', inGroup: 'DELIVERY', minutes: 0.6, said: plain },
] as const;

/** How many of them, from the first, are unhappy. */
const UNHAPPY = 2;

/** What the pictures need to know of the calls. */
export interface SeededFloor {
  readonly relay: SeedRelay;
  readonly angryCallId: string;
  readonly angryStartedAt: number;
  /** Lines of the angry call so far. */
  readonly angryLines: number;
  /** Publishes each call's last line as spoken just now. */
  readonly goOn: () => Promise<void>;
  /** Ends the calls of those who are unhappy. */
  readonly calmDown: () => Promise<void>;
}

/** A week of past calls, and a floor of live ones of which one goes badly. */
export async function seedFloor(running: RunningSystem): Promise<SeededFloor> {
  const relay = new SeedRelay(running, 'leeds-1');
  await seedPast(relay, Date.now());

  const now = Date.now();
  const calls: { call: SeededCall; last: Spoken | undefined }[] = [];
  for (const [index, { agent, campaign, inGroup, minutes, said }] of live.entries()) {
    const startedAt = now - Math.round(minutes * MINUTE_MS);
    const metadata = metadataOf(agent, campaign, inGroup);
    const call = await relay.start({ linkedid: linkedidOf(startedAt, index), startedAt, metadata });
    const before = said.slice(0, -1);
    await speak(call, before, (now - startedAt - lengthMsOf(before)) / said.length);
    for (const channel of ['agent', 'caller'] as const) call.trouble(channel, { silenceMs: 1_500 });
    calls.push({ call, last: said.at(-1) });
  }
  calls[3]?.call.trouble('agent', { silenceMs: 24_000 });
  await relay.keepTicking();
  return {
    relay,
    angryCallId: calls[0]?.call.callId ?? '',
    angryStartedAt: now - Math.round(live[0].minutes * MINUTE_MS),
    angryLines: angry.length - 1,
    goOn: async () => {
      await Promise.all(calls.map(async ({ call, last }) => last && call.say(...last)));
    },
    calmDown: async () => {
      for (const { call } of calls.slice(0, UNHAPPY)) await call.end();
    },
  };
}

async function seedPast(relay: SeedRelay, now: number): Promise<void> {
  const scripts = [pleasant, plain, uneasy, pleasant, undisclosed, plain, angry];
  for (let index = 0; index < 24; index++) {
    const { campaign, inGroup } = live[index % live.length] ?? live[0];
    const said = scripts[(index * 3 + Math.floor(index / agents.length)) % scripts.length] ?? plain;
    const startedAt = now - (index % 6) * DAY_MS - (40 + index * 7) * MINUTE_MS;
    const call = await relay.start({
      linkedid: linkedidOf(startedAt, index),
      startedAt,
      metadata: metadataOf(index % agents.length, campaign, inGroup),
    });
    await speak(call, said, PAUSE_MS);
    await call.end('hangup', lengthMsOf(said) + said.length * PAUSE_MS);
  }
}

async function speak(call: SeededCall, said: readonly Spoken[], pauseMs: number): Promise<void> {
  let atMs = pauseMs / 4;
  for (const [channel, text] of said) {
    await call.say(channel, text, Math.round(atMs));
    atMs += text.length * MS_PER_CHARACTER + pauseMs;
  }
}

function lengthMsOf(said: readonly Spoken[]): number {
  return said.reduce((sum, [, text]) => sum + text.length * MS_PER_CHARACTER, 0);
}

function linkedidOf(startedAt: number, index: number): string {
  return `${Math.floor(startedAt / 1000)}.${index}`;
}

function metadataOf(agent: number, campaign: string, inGroup: string): CallMetadata {
  const { id, name } = agents[agent] ?? agents[0];
  const number = `+4420794601${String(10 + agent)}`;
  return { agent: { id, name }, caller: { number }, campaign, inGroup, queue: inGroup.toLowerCase() };
}
