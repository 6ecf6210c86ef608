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

/** EventBridge sources: events of relays, and those that the cloud derives from them. */
export const RELAY_SOURCE = 'earshot.relay';
export const CORE_SOURCE = 'earshot.core';

/** Calls in one tick event; a relay with more publishes several parts. */
export const MAX_CALLS_PER_TICK = 50;

export const callsTickedSchema = z.object({
  type: z.literal('CallsTicked'),
  ...eventHead,
  tickedAt: instantSchema,
  part: z.int().positive(),
  parts: z.int().positive(),
  /** The relay's release and contract version; relays before 0.2.0 state neither. */
  relayVersion: releaseSchema.optional(),
  contractVersion: contractVersionSchema.optional(),
  /** Events waiting in the relay's spool. */
  spooledEvents: z.int().nonnegative(),
  calls: z.array(callTickSchema).max(MAX_CALLS_PER_TICK),
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
  part: z.int().positive(),
  parts: z.int().positive(),
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

/** One part of a relay's last report. */
export const relayReportSchema = callsTickedSchema.omit({ type: true, version: true });
export type RelayReport = z.infer<typeof relayReportSchema>;

/** One part of a relay's last list of logged-in agents. */
export const agentListSchema = agentsListedSchema.omit({ type: true, version: true });
export type AgentList = z.infer<typeof agentListSchema>;

/** A list this old is out of date: a relay publishes one at least once a minute. */
export const AGENTS_STALE_MS = 180_000;

/** Without a tick for this long, a relay's calls are shown as lost. */
export const RELAY_SILENCE_MS = 20_000;
