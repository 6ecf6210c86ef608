import { z } from 'zod';
import { cloudVersionSchema } from '../version.ts';

/** `POST /tickets`: opens one WebSocket, once. */
export const ticketSchema = z.object({ ticket: z.string().min(1), expiresAt: z.int().positive(), url: z.url() });
export type Ticket = z.infer<typeof ticketSchema>;

/** `POST /relay-tickets`, signed with AWS Signature Version 4: opens the relay's WebSocket, once. */
export const relayTicketRequestSchema = z.strictObject({ relayId: z.string().min(1).max(256) });

/** The response; a cloud before 0.2.0 does not state its version. */
export const relayTicketSchema = ticketSchema.extend({ cloud: cloudVersionSchema.optional() });
export type RelayTicket = z.infer<typeof relayTicketSchema>;
