import type { MonitorMode, RingOutcome } from '#core/monitor.ts';
import type { Logger } from 'pino';
import type { MonitorRequest } from './monitor.ts';

/** Where the agent who has a call sits: `conf_exten` and `server_ip` of `vicidial_live_agents`. */
export type SessionOf = (callId: string) => Promise<{ sessionId: string; serverIp: string } | undefined>;

export interface VicidialApi {
  /** Of `non_agent_api.php`. */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

const ANSWER_MS = 10_000;
/** Without "Agent Whisper" in its system settings ViciDial treats WHISPER as MONITOR. */
const STAGES: Readonly<Record<MonitorMode, string>> = { listen: 'MONITOR', whisper: 'WHISPER', barge: 'BARGE' };

/** ViciDial's answers to a request that it does not carry out. @see NON-AGENT_API.txt, blind_monitor */
const REFUSALS: readonly (readonly [RegExp, RingOutcome])[] = [
  [/PERMISSION|LOGIN INCORRECT|USE THIS FUNCTION/i, 'refused'],
  [/INVALID SESSION/i, 'call-gone'],
];

/**
 * Brings a supervisor into the agent's session by ViciDial's own `blind_monitor`, which calls the telephone whose login
 * is the extension. It does not report whether somebody picked up, so the best outcome is that the call was requested.
 */
export async function monitorByVicidial(
  { callId, mode, extension, requestId }: MonitorRequest,
  { url, user, password }: VicidialApi,
  sessionOf: SessionOf,
  log: Logger,
): Promise<RingOutcome> {
  const session = await sessionOf(callId);
  if (!session) return 'call-gone';
  // Posted, so that the password stands in no access log.
  const body = new URLSearchParams({
    source: 'earshot',
    function: 'blind_monitor',
    user,
    pass: password,
    phone_login: extension,
    session_id: session.sessionId,
    server_ip: session.serverIp,
    stage: STAGES[mode],
  });
  const signal = AbortSignal.timeout(ANSWER_MS);
  const response = await fetch(url, { method: 'POST', body, signal, redirect: 'error' });
  const answer = (await response.text()).trim();
  if (response.ok && answer.startsWith('SUCCESS:')) return 'requested';
  // What follows a dash repeats the request.
  const reason = answer.startsWith('ERROR:') ? answer.replace(/ - [^]*$/, '').slice(0, 200) : undefined;
  log.warn({ requestId, status: response.status, reason }, 'ViciDial did not take the request to monitor');
  return REFUSALS.find(([pattern]) => pattern.test(answer))?.[1] ?? 'failed';
}
