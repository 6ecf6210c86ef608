import type { RelaySettings } from '../../settings.ts';
import { type Diagnosis, ok, problem, warning } from './finding.ts';
import type { RunningRelay } from './running-relay.ts';

/** Words that come later than this come too late to help. */
const MAX_LAG_MS = 3_000;
/** More events than a busy second makes. */
const MAX_WAITING = 200;
const MEGABYTE = 1_048_576;
const BASE_MEGABYTES = 512;
const MEGABYTES_PER_LEG = 0.5;

const NONE_RUNS = ok('no relay runs here now');

export function checkRelay(relay: RunningRelay | undefined): Diagnosis {
  if (!relay) return NONE_RUNS;
  if (relay.problems.length === 0) return ok('it runs and is ready');
  const found = relay.problems.join('; ');
  const advice = 'The lines above say what to do; its log says since when.';
  return relay.isReady ? warning(`it runs, but: ${found}`, advice) : problem(`it runs, but: ${found}`, advice);
}

/** Whether calls come in, and both sides of them. `bridgedCalls`: Asterisk's own count, where it is known. */
export function checkCalls(relay: RunningRelay | undefined, settings: RelaySettings, bridgedCalls: number): Diagnosis {
  if (!relay) return NONE_RUNS;
  const count = (name: string) => relay.metric(`earshot_${name}`);
  const [calls, legs, failedTaps] = [count('live_calls'), count('live_legs'), count('taps_failed_total')];
  const address = settings.EARSHOT_AMI_RELAY_ADDRESS ?? `127.0.0.1:${settings.EARSHOT_AUDIOSOCKET_PORT}`;
  if (failedTaps > 0 && calls === 0)
    return problem(
      `Asterisk could not open ${failedTaps} taps`,
      `It must reach the relay at ${address} (EARSHOT_AMI_RELAY_ADDRESS), and have chan_audiosocket.so, res_audiosocket.so and app_chanspy.so loaded (asterisk -rx "module show like audiosocket").`,
    );
  if (calls === 0 && bridgedCalls > 0)
    return problem(
      `Asterisk has ${bridgedCalls} calls and the relay receives none`,
      'Give the manager user read = call,agent,user; see whether EARSHOT_AMI_CHANNELS, _CONTEXTS or _QUEUES leave them out.',
    );
  if (calls === 0 && count('audiosocket_strangers_total') > 0)
    return problem(
      `${count('audiosocket_strangers_total')} connections came from addresses that may not send audio`,
      'Add Asterisk’s address to EARSHOT_AUDIOSOCKET_ALLOW; the relay’s log names those it refused.',
    );
  const heard = `${calls} calls, ${legs} legs`;
  if (count('silent_legs') > 0)
    return warning(
      `${heard}: on ${count('silent_legs')} legs no audio has come for 10 s`,
      'On hold that is right. Else no RTP reaches Asterisk: see “rtp set debug on”, the telephone’s NAT settings and the firewall.',
    );
  if (count('one_sided_calls') > 0)
    return warning(
      `${heard}: ${count('one_sided_calls')} calls have one side only`,
      'EARSHOT_AMI_CHANNELS may leave the other side out; with recordings, both files of the pair must be in the folder.',
    );
  if (count('mixed_legs') > 0)
    return warning(
      `${heard}: ${count('mixed_legs')} legs are transcribed without knowing who speaks`,
      'The relay does not know whose they are: the AMI tap, the dialplan’s UserEvent or POST /legs does.',
    );
  return ok(heard);
}

export function checkWords(relay: RunningRelay | undefined): Diagnosis {
  if (!relay) return NONE_RUNS;
  const lagMs = relay.metric('earshot_engine_lag_ms');
  if (lagMs > MAX_LAG_MS)
    return warning(
      `words come up to ${(lagMs / 1_000).toFixed(1)} s after they were said`,
      'Look at this machine’s load and its way to the engine; recordings are 2 to 3 s late by nature, a whisper engine as long as a sentence.',
    );
  return ok(`words come within ${(lagMs / 1_000).toFixed(1)} s of being said`);
}

export function checkWaiting(relay: RunningRelay | undefined): Diagnosis {
  if (!relay) return NONE_RUNS;
  const [waiting, rejected] = [relay.metric('earshot_spooled_events'), relay.metric('earshot_rejected_events')];
  if (rejected > 0)
    return problem(
      `EventBridge refused ${rejected} events for good; they are kept on disk`,
      'The relay and the cloud part are of different versions, most likely: see the line “versions”.',
    );
  return waiting > MAX_WAITING
    ? warning(
        `${waiting} events wait for EventBridge`,
        'See the line “event bus”. Nothing is lost, the page is behind.',
      )
    : ok(`${waiting} events wait`);
}

export function checkMemory(relay: RunningRelay | undefined): Diagnosis {
  if (!relay) return NONE_RUNS;
  const megabytes = Math.round(relay.metric('process_resident_memory_bytes') / MEGABYTE);
  const legs = relay.metric('earshot_live_legs');
  const found = `${megabytes} MB with ${legs} legs`;
  if (megabytes <= BASE_MEGABYTES + MEGABYTES_PER_LEG * legs) return ok(found);
  const unwritten = relay.metric('earshot_unwritten_events');
  return warning(
    found,
    unwritten > 0
      ? `${unwritten} events wait in memory because the spool has no room: see the line “spool”.`
      : 'More than it should need. systemctl restart earshot-relay loses nothing; keep its log and /metrics for a report.',
  );
}

/** Whose words are whose decides what counts as the caller's mood. */
export function checkSides({ EARSHOT_AMI_HOST: host, EARSHOT_AMI_TRUNKS: trunks }: RelaySettings): Diagnosis {
  if (host === undefined) return ok('given by who sends the legs');
  return trunks.length > 0
    ? ok(`who is on ${trunks.join(', ')} is the caller`)
    : warning(
        'EARSHOT_AMI_TRUNKS is not set: whoever is called is taken for the agent',
        'Right for inbound calls alone. With outbound ones set it to how your trunks’ channel names begin, such as PJSIP/mytrunk-; else agents count as callers and alerts come of what they say.',
      );
}
