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
import { instantSchema, nameSchema } from '../fields.ts';
import { callIdSchema } from '../ids.ts';
import { liveAgentSchema } from '../live-agent.ts';
import { contractVersionSchema, releaseSchema } from './version.ts';

/** EventBridge sources: what a relay says, and what the cloud concludes from it. */
export const RELAY_SOURCE = 'earshot.relay';
export const CORE_SOURCE = 'earshot.core';

/** Calls a tick event may carry; a relay with more sends several parts. */
export const MAX_CALLS_PER_TICK = 50;

export const callsTickedSchema = z.object({
  type: z.literal('CallsTicked'),
  ...eventHead,
  tickedAt: instantSchema,
  part: z.int().positive(),
  parts: z.int().positive(),
  /** The relay's release, and the contract it speaks; relays before 0.2.0 state neither. */
  relayVersion: releaseSchema.optional(),
  contractVersion: contractVersionSchema.optional(),
  /** Events waiting in the relay's spool. */
  spooledEvents: z.int().nonnegative(),
  calls: z.array(callTickSchema).max(MAX_CALLS_PER_TICK),
});
export type CallsTicked = z.infer<typeof callsTickedSchema>;

/** Agents an event may list; of more there are several parts. */
export const MAX_AGENTS_PER_LIST = 200;

/** Who is logged in to the dialler. Each list replaces the one before of its relay. */
export const agentsListedSchema = z.object({
  type: z.literal('AgentsListed'),
  ...eventHead,
  pbx: nameSchema,
  listedAt: instantSchema,
  part: z.int().positive(),
  parts: z.int().positive(),
  agents: z.array(liveAgentSchema).max(MAX_AGENTS_PER_LIST),
});
export type AgentsListed = z.infer<typeof agentsListedSchema>;

/** Everything a relay publishes; `type` repeats EventBridge's detail-type, so that a detail explains itself. */
export const relayEventSchema = z.discriminatedUnion('type', [
  callStartedSchema,
  callDescribedSchema,
  utteranceTranscribedSchema,
  callsTickedSchema,
  agentsListedSchema,
  callEndedSchema,
]);
export type RelayEvent = z.infer<typeof relayEventSchema>;

/** What a relay tells from time to time; each says all that the one before it said, so that one may be lost. */
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

export const callSummarizedSchema = z.object({
  type: z.literal('CallSummarized'),
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

/** Everything the cloud publishes for other consumers on the bus. */
export const coreEventSchema = z.discriminatedUnion('type', [
  alertRaisedSchema,
  alertUpdatedSchema,
  callSummarizedSchema,
]);
export type CoreEvent = z.infer<typeof coreEventSchema>;

/** A relay's last report, one part of it. */
export const relayReportSchema = callsTickedSchema.omit({ type: true, version: true });
export type RelayReport = z.infer<typeof relayReportSchema>;

/** Who is logged in to a dialler, one part of a relay's last list. */
export const agentListSchema = agentsListedSchema.omit({ type: true, version: true });
export type AgentList = z.infer<typeof agentListSchema>;

/** What a list said is no longer so after such a time: a relay tells it anew once a minute at least. */
export const AGENTS_STALE_MS = 180_000;

/** Without a tick for so long, a relay's calls are shown as lost. */
export const RELAY_SILENCE_MS = 20_000;
