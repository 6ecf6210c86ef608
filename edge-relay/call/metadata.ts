import type { CallMetadata } from '#core/call/events.ts';

/**
 * What is known of a call. The dialler knows who sits at a telephone, and whom it dialled; but of a caller's number
 * the PBX may know more.
 */
export function mergedMetadata(pbx: CallMetadata, dialler: CallMetadata): CallMetadata {
  const merged = { ...pbx, ...dialler };
  if (!dialler.caller) return merged;
  const isInWhole = pbx.caller?.number?.endsWith(dialler.caller.number ?? '') === true;
  return { ...merged, caller: isInWhole ? { ...dialler.caller, ...pbx.caller } : { ...pbx.caller, ...dialler.caller } };
}
