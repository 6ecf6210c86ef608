import { z } from 'zod';
import { alertSchema } from '../alert.ts';
import {
  callDescribedSchema,
  callEndedSchema,
  callMetadataSchema,
  callStartedSchema,
  callTickSchema,
  eventHead,
  utteranceTranscribedSchema,
} from '../call/events.ts';
import { countSchema, instantSchema, nameSchema } from '../fields.ts';
import { callIdSchema } from '../ids.ts';
import { wellFormed } from '../json.ts';
import { liveAgentSchema } from '../live-agent.ts';
import { recapSchema } from '../recap/recap.ts';
import { MAX_TRUNK_QUESTIONS, trunkQuestionSchema } from '../trunks.ts';
import { waitingSchema } from '../waiting.ts';
import { contractVersionSchema, releaseSchema } from './version.ts';

/** Of one report; together they name far more than any relay has. */
const MAX_PARTS = 1_000;
const partSchema = z.int().positive().max(MAX_PARTS);

/** Calls in one tick event; a relay with more publishes several parts. */
export const MAX_CALLS_PER_TICK = 50;

/** Queues in one tick event; a relay with more publishes several parts. */
export const MAX_QUEUES_PER_TICK = 30;

/** Problems that a tick names, and how long each may be. */
export const MAX_PROBLEMS = 10;
export const MAX_PROBLEM_LENGTH = 600;

export const callsTickedSchema = z.object({
  type: z.literal('CallsTicked'),
  ...eventHead,
  tickedAt: instantSchema,
  part: partSchema,
  parts: partSchema,
  /** The relay's release and contract version; relays before 0.2.0 state neither. */
  relayVersion: releaseSchema.optional(),
  contractVersion: contractVersionSchema.optional(),
  /** Events waiting in the relay's spool. */
  spooledEvents: z.int().nonnegative(),
  /** What keeps the relay from its work, wholly or in part, and what to do about it: in words, for people. */
  problems: z.array(z.string().min(1).max(MAX_PROBLEM_LENGTH).overwrite(wellFormed)).max(MAX_PROBLEMS).optional(),
  /** What the relay asks about its trunks. */
  trunkQuestions: z.array(trunkQuestionSchema).max(MAX_TRUNK_QUESTIONS).optional(),
  calls: z.array(callTickSchema).max(MAX_CALLS_PER_TICK),
  /** Who waits for an agent, queue by queue; where it is known, with the PBX that has the queues. */
  pbx: nameSchema.optional(),
  queues: z.array(waitingSchema).max(MAX_QUEUES_PER_TICK).optional(),
});
export type CallsTicked = z.infer<typeof callsTickedSchema>;

/** Agents in one event; a longer list is published in several parts. */
export const MAX_AGENTS_PER_LIST = 200;

/** The agents who are logged in to the dialler. Each list replaces the previous one of its relay. */
export const agentsListedSchema = z.object({
  type: z.literal('AgentsListed'),
  ...eventHead,
  pbx: nameSchema,
  listedAt: instantSchema,
  part: partSchema,
  parts: partSchema,
  agents: z.array(liveAgentSchema).max(MAX_AGENTS_PER_LIST),
});
export type AgentsListed = z.infer<typeof agentsListedSchema>;

/** Everything a relay publishes; `type` repeats EventBridge's detail-type, so that a detail stands on its own. */
export const relayEventSchema = z.discriminatedUnion('type', [
  callStartedSchema,
  callDescribedSchema,
  utteranceTranscribedSchema,
  callsTickedSchema,
  agentsListedSchema,
  callEndedSchema,
]);
export type RelayEvent = z.infer<typeof relayEventSchema>;

/** Events that a relay publishes periodically; each is complete, so that one may be lost. */
export type PeriodicEvent = CallsTicked | AgentsListed;

export const alertRaisedSchema = z.object({
  type: z.literal('AlertRaised'),
  ...eventHead,
  callId: callIdSchema,
  alert: alertSchema,
});

export const alertUpdatedSchema = z.object({
  type: z.literal('AlertUpdated'),
  ...eventHead,
  callId: callIdSchema,
  alert: alertSchema,
});

/** A call that is over, with its figures. */
export const callCompletedSchema = z.object({
  type: z.literal('CallCompleted'),
  ...eventHead,
  callId: callIdSchema,
  callStartedAt: instantSchema,
  endedAt: instantSchema,
  metadata: callMetadataSchema,
  utterances: z.int().nonnegative(),
  alerts: z.int().nonnegative(),
  /** Mean score of the customer's utterances. */
  mood: z.number().min(-1).max(1),
});
export type CallCompleted = z.infer<typeof callCompletedSchema>;

/** The same with its recap; absent where nothing was said. */
export const callSummarizedSchema = callCompletedSchema.extend({
  type: z.literal('CallSummarized'),
  recap: recapSchema.optional(),
});

/** Everything the cloud publishes for other consumers on the bus. */
export const coreEventSchema = z.discriminatedUnion('type', [
  alertRaisedSchema,
  alertUpdatedSchema,
  callCompletedSchema,
  callSummarizedSchema,
]);
export type CoreEvent = z.infer<typeof coreEventSchema>;

/** One part of a relay's last report. */
export const relayReportSchema = callsTickedSchema.omit({ type: true, version: true }).extend({
  /** Calls, the last ones, whose legs and scopes a row has no room for. */
  callsInBrief: countSchema.optional(),
});
export type RelayReport = z.infer<typeof relayReportSchema>;

/** One part of a relay's last list of logged-in agents. */
export const agentListSchema = agentsListedSchema.omit({ type: true, version: true }).extend({
  /** Further agents for whom a row has no room. */
  agentsLeftOut: countSchema.optional(),
});
export type AgentList = z.infer<typeof agentListSchema>;

/** A list this old is out of date: a relay publishes one at least once a minute. */
export const AGENTS_STALE_MS = 180_000;

/** Without a tick for this long, a relay's calls are shown as lost. */
export const RELAY_SILENCE_MS = 20_000;
