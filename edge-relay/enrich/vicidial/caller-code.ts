/** ViciDial's name of a call: on its channels it is the caller's name, in the tables the column `callerid`. */
export interface CallerCode {
  readonly code: string;
  readonly direction: 'outbound' | 'inbound';
  readonly leadId: number | undefined;
}

/**
 * By its letter: dialled by the dialler (`V`), by an agent (`M`), come in (`Y`), or handed on to a closer (`J`). Then
 * the time as `mddhhmmss` (the month's last digit alone, since the whole must fit 20 characters) and the lead's id in
 * ten digits. An extension may follow after a space (`extension_appended_cidname` of a campaign).
 * As in ViciDial's bin/AST_VDauto_dial.pl (`V`), agc/vdc_db_query.php (`M`) and agi/agi-VDAD_ALL_inbound.agi (`Y`);
 * bin/FastAGI_log.pl extracts the lead's id in the same way.
 */
const CODE = /^"?([VMYJ])(\d{9})(\d{10})(?=$|[" ])/;
/** A third party whom an agent has called, with (`DC`) or without the customer: six digits of the time, and the lead. */
const THIRD_PARTY = /^"?(D[CV]\d{6}W(\d{10})W)/;
/** What an agent's page has done with a channel (dialled, hung up, parked, …): the time, and the agent, but no lead. */
const PAGE_ACTION = /^"?[A-Z]{2}(?:agc|vdc)[A-Z]\d{10}/;

/** Reads a caller's name; undefined where ViciDial did not form it, or it names no call. */
export function callerCodeIn(callerName: string): CallerCode | undefined {
  const [, thirdParty, ofLead] = THIRD_PARTY.exec(callerName) ?? [];
  if (thirdParty !== undefined) return { code: thirdParty, direction: 'outbound', leadId: Number(ofLead) || undefined };
  const [, letter, time, lead] = CODE.exec(callerName) ?? [];
  if (letter === undefined || time === undefined || lead === undefined) return undefined;
  return {
    code: `${letter}${time}${lead}`,
    direction: letter === 'Y' || letter === 'J' ? 'inbound' : 'outbound',
    leadId: Number(lead) || undefined,
  };
}

/** Whether a caller's name is the dialler's own, and no person's. */
export function isDiallersName(callerName: string): boolean {
  return callerCodeIn(callerName) !== undefined || PAGE_ACTION.test(callerName);
}
