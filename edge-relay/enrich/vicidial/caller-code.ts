/** ViciDial's name of a call: on its channels it is the caller's name, in the tables the column `callerid`. */
export interface CallerCode {
  readonly code: string;
  /** By its letter: dialled by the dialler (`V`), by an agent (`M`), or come in (`Y`). */
  readonly direction: 'outbound' | 'inbound';
  readonly leadId: number | undefined;
}

/**
 * A letter, the time as `mddhhmmss` (the month's last digit alone, since the whole must fit 20 characters) and the
 * lead's id in ten digits. An extension may follow after a space (`extension_appended_cidname` of a campaign).
 * As in ViciDial's bin/AST_VDauto_dial.pl (`V`), agc/vdc_db_query.php (`M`) and agi/agi-VDAD_ALL_inbound.agi (`Y`);
 * bin/FastAGI_log.pl extracts the lead's id in the same way.
 */
const CODE = /^"?([VMY])(\d{9})(\d{10})(?=$|[" ])/;

/** Reads a caller's name; undefined where ViciDial did not form it. */
export function callerCodeIn(callerName: string): CallerCode | undefined {
  const [, letter, time, lead] = CODE.exec(callerName) ?? [];
  if (letter === undefined || time === undefined || lead === undefined) return undefined;
  return {
    code: `${letter}${time}${lead}`,
    direction: letter === 'Y' ? 'inbound' : 'outbound',
    leadId: Number(lead) || undefined,
  };
}
