import { z } from 'zod';
import { relayIdSchema } from '../relay-identity.ts';
import { cloudVersionSchema } from '../version.ts';

/** `POST /tickets`: opens one WebSocket, once. */
export const ticketSchema = z.object({ ticket: z.string().min(1), expiresAt: z.int().positive(), url: z.url() });
export type Ticket = z.infer<typeof ticketSchema>;

/** The path, which IAM lets each relay's credentials call for the relay's own id alone. */
export const relayTicketsPath = (relayId: string): string => `/relay-tickets/${relayId}`;

/** `POST /relay-tickets/{relayId}`, signed with AWS Signature Version 4: opens the relay's WebSocket, once. */
export const relayTicketParamsSchema = z.object({ relayId: relayIdSchema });

/** The response; a cloud before 0.2.0 does not state its version. */
export const relayTicketSchema = ticketSchema.extend({ cloud: cloudVersionSchema.optional() });
export type RelayTicket = z.infer<typeof relayTicketSchema>;
