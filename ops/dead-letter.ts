import type { PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { z } from 'zod';

const eventSchema = z.object({
  // AWS keeps sources that begin like this to itself.
  source: z.string().regex(/^(?!aws\.)/),
  'detail-type': z.string(),
  detail: z.record(z.string(), z.unknown()),
});

/** A function's failure comes with what it was asked and what it said; what a rule cannot deliver comes as it is. */
const bodySchema = z.union([
  z.object({ requestPayload: eventSchema }).transform((found) => found.requestPayload),
  eventSchema,
]);

/** What lies in a dead-letter queue as an event to be put on a bus again; undefined where it is none. */
export function entryOf(body: string, busName: string): PutEventsRequestEntry | undefined {
  const { data: event } = bodySchema.safeParse(jsonOf(body));
  return (
    event && {
      EventBusName: busName,
      Source: event.source,
      DetailType: event['detail-type'],
      Detail: JSON.stringify(event.detail),
    }
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
