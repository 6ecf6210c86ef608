import type { CallMetadata } from '#core/call/events.ts';

/** Where a call's recording is, where that is a place that a link may lead to. */
export function recordingUrlOf({ recordingUrl: url }: CallMetadata): string | undefined {
  return url !== undefined && /^https?:/.test(url) ? url : undefined;
}
