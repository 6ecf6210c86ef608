import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { Logger } from 'pino';
import { relaySourceOf } from '#core/contracts/relay-identity.ts';
import type { TrunkAnswer } from '#core/trunks.ts';
import { version } from '../package.json';
import { addressList, LOOPBACK } from './audiosocket/address-list.ts';
import { AudioSocketServer } from './audiosocket/server.ts';
import type { UnsentEvent } from './call/call.ts';
import { Calls } from './call/calls.ts';
import { Ticker } from './call/ticker.ts';
import { amiLogin, relayAddress } from './capture/ami/login.ts';
import { AmiTap, type AmiTapOptions } from './capture/ami/tap.ts';
import { Recordings } from './capture/recordings/recordings.ts';
import { every, systemClock } from './clock.ts';
import type { LegReceiver } from './leg-contract.ts';
import { settingsMask } from './config.ts';
import type { RelaySettings } from './settings.ts';
import { Announcements } from './control/announcement.ts';
import type { ControlChannel } from './control/channel.ts';
import { type ControlDependencies, startControl } from './control/control.ts';
import { speak } from './control/speech.ts';
import { openTicket } from './control/ticket.ts';
import { startVicidial, type Vicidial } from './enrich/vicidial/vicidial.ts';
import { type HealthServer, listenHealth } from './health.ts';
import { relayMetrics } from './metrics.ts';
import { Publisher } from './publish/publisher.ts';
import { Spool } from './publish/spool.ts';
import { languagesByName } from './stt/settings.ts';
import { languageOf } from '#core/redaction/languages/languages.ts';
import { Redactor } from '#core/redaction/redactor.ts';
import type { SttEngine } from './stt/engine.ts';
import { EngineStatus } from './stt/engine-status.ts';

export interface Relay {
  readonly audioSocketPort: number;
  readonly httpPort: number;
  /**
   * Publishes the last words of every call, keeps the live ones for the next relay and closes everything. Resolves with
   * whether the spool is empty; what is in it goes out at the next start.
   * @param flushMs how long to wait for that; not at all while the bus cannot be reached
   */
  drain: (flushMs?: number) => Promise<boolean>;
}

export interface RelayDependencies {
  /** The preferred engine, then its fallback if there is one. */
  readonly engines: readonly SttEngine[];
  readonly log: Logger;
  /** An AudioSocket that listens already, by its file descriptor. */
  readonly inheritedSocket?: number | undefined;
  /** Region, endpoint and credentials; what is left out comes from AWS's own environment. */
  readonly eventBridge?: EventBridgeClientConfig;
}

/** The relay is not ready after so many failed requests in a row. */
const UNREADY_FAILURES = 3;
const FLUSH_MS = 20_000;
const CLOCK_MS = 60_000;

/**
 * Starts a relay. Calls that an earlier one left are continued when their legs reconnect soon, and are ended when not.
 */
export async function startRelay(
  settings: RelaySettings,
  { engines, eventBridge, inheritedSocket, log }: RelayDependencies,
): Promise<Relay> {
  const clock = systemClock;
  const spool = await Spool.start(settings.EARSHOT_SPOOL_FOLDER, {
    now: clock.now,
    log,
    limits: {
      maxBytes: settings.EARSHOT_SPOOL_MAX_MB * 1_048_576,
      reserveBytes: settings.EARSHOT_SPOOL_RESERVE_MB * 1_048_576,
    },
  });
  const client = new EventBridgeClient({
    ...eventBridge,
    // The publisher has the one retry loop.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  });
  const publisher = new Publisher({
    client,
    busName: settings.EARSHOT_BUS_NAME,
    source: relaySourceOf({ relayId: settings.EARSHOT_RELAY_ID, pbx: settings.EARSHOT_PBX }),
    spool,
    clock,
    log,
  });
  const publish = (event: UnsentEvent) => {
    publisher.publish(event);
  };
  const vicidial = startVicidial(settings, {
    clock,
    log,
    publish: (list) => {
      publisher.report(list);
    },
  });
  const status = new EngineStatus();
  const calls: Calls = new Calls({
    relayId: settings.EARSHOT_RELAY_ID,
    pbx: settings.EARSHOT_PBX,
    speech: { engines, status, clock, log },
    clock,
    log,
    publish,
    language: settings.EARSHOT_LANGUAGE,
    languages: languagesByName(settings.EARSHOT_LANGUAGES),
    levelTargetDbfs: settings.EARSHOT_LEVEL_TARGET_DBFS,
    redactor: redactorOf(settings, log),
    leftCalls: spool.leftCalls(),
    endedCallIds: spool.endedCallIds(clock.now()),
    numberedSince: spool.createdAt,
    hasRoom: () => spool.hasRoom,
    onCallStarted: () => {
      ticker.soon();
    },
    onCaller: (uuid) => {
      amiTap?.isCaller(uuid);
    },
    sendPartial: (partial) => control?.sendPartial(partial) ?? false,
    enricher: vicidial?.enricher,
  });
  let audioSocket: AudioSocketServer | undefined;
  let amiTap: AmiTap | undefined;
  let control: ControlChannel | undefined;
  let recordings: Recordings | undefined;
  let health: HealthServer | undefined;
  const mask = settingsMask(settings);
  const problems = () =>
    [
      ...(publisher.consecutiveFailures >= UNREADY_FAILURES ? ['EventBridge cannot be reached'] : []),
      ...spoolProblems(spool),
      ...(audioSocket?.problem === undefined ? [] : [audioSocket.problem]),
      ...status.problems(),
      ...(amiTap?.client.isConnected === false ? ['Asterisk’s manager interface cannot be reached'] : []),
      ...managerFindings(amiTap, true),
    ].map(mask);
  const impairments = () =>
    [
      ...(control?.problem === undefined ? [] : [`The control channel is down: ${control.problem}`]),
      ...(audioSocket?.impairment === undefined ? [] : [audioSocket.impairment]),
      ...managerFindings(amiTap, false),
      ...(vicidial?.problems() ?? []),
      ...spoolDamage(spool),
      ...engines.flatMap((engine) => engine.limits?.() ?? []),
    ].map(mask);
  /** With a control channel they are answered on the System page. */
  const trunkAdvice = () => (amiTap?.trunks.advice() ?? []).map(mask);
  const ticker = new Ticker({
    relayId: settings.EARSHOT_RELAY_ID,
    pbx: settings.EARSHOT_PBX,
    version,
    periodMs: settings.EARSHOT_TICK_MS,
    clock,
    calls: () => calls.ticks(),
    queues: () => amiTap?.waiting(),
    spooledEvents: () => spool.count,
    trunkQuestions: () => (control === undefined ? [] : (amiTap?.trunks.questions() ?? [])),
    problems: () => [...problems(), ...impairments(), ...(control === undefined ? trunkAdvice() : [])],
    publish: (tick) => {
      publisher.report(tick);
    },
  });

  publisher.start();
  calls.start();
  ticker.start();
  const stopKeeping = every(clock, settings.EARSHOT_TICK_MS, () => void spool.keep(calls.memories()));

  // While nothing is measured by it, the clock may follow the machine's.
  const stopSetting = every(clock, CLOCK_MS, () => {
    if (calls.legCount === 0 && calls.callCount === 0) clock.set();
  });

  const drain = async (flushMs = FLUSH_MS) => {
    stopKeeping();
    await vicidial?.stop();
    stopSetting();
    control?.stop();
    // Asterisk must not be sent to a door that is about to close.
    await amiTap?.stop();
    // The calls first: what the sources end from now on has not ended by itself.
    const drained = calls.drain();
    ticker.soon();
    await Promise.all([drained, audioSocket?.stop(), recordings?.stop()]);
    await spool.keep(calls.memories());
    ticker.report();
    ticker.stop();
    // The next relay waits for the end of this one, and the calls for it.
    const isFlushed = await publisher.flush(publisher.consecutiveFailures >= UNREADY_FAILURES ? 0 : flushMs);
    await health?.close();
    await Promise.all(engines.map((engine) => engine.close()));
    await spool.close();
    client.destroy();
    return isFlushed;
  };
  const announcements = new Announcements();
  try {
    audioSocket = await AudioSocketServer.listen(
      {
        host: settings.EARSHOT_AUDIOSOCKET_HOST,
        port: settings.EARSHOT_AUDIOSOCKET_PORT,
        inherited: inheritedSocket,
        idleMs: settings.EARSHOT_AUDIOSOCKET_IDLE_MS,
        maxConnections: settings.EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS,
        allowed: addressList([...LOOPBACK, ...settings.EARSHOT_AUDIOSOCKET_ALLOW]),
      },
      {
        openLeg: (leg) => {
          if (amiTap?.rights.isProbe(leg.uuid)) return unheard;
          return amiTap?.isAbandoned(leg.uuid) ? undefined : calls.openLeg(leg);
        },
        isKnown: (uuid) =>
          calls.isDescribed(uuid) || announcements.has(uuid) || (amiTap?.rights.isProbe(uuid) ?? false),
        asteriskAddress: () => amiTap?.client.peerAddress,
        announcementFor: announcements.take,
        clock,
        log,
      },
    );
    const { closeLeg, port } = audioSocket;
    const amiOptions = amiTapOptions(settings, port, spool.trunkAnswers);
    if (amiOptions) {
      amiTap = new AmiTap(amiOptions, {
        clock,
        log,
        closeLeg,
        describe: (description) => void calls.describe(description),
        isHeard: (uuid) => calls.isHeard(uuid),
      });
      amiTap.start();
    }
    const { EARSHOT_CONTROL_URL: controlUrl } = settings;
    if (controlUrl !== undefined)
      control = startControl({
        clock,
        log,
        openTicket: () => openTicket(controlUrl, settings.EARSHOT_RELAY_ID, client.config),
        calls,
        answerTrunk: ({ prefix, leadsOutside }) => {
          amiTap?.answerTrunk({ prefix, leadsOutside });
          void spool.keepTrunkAnswer({ prefix, leadsOutside });
          ticker.soon();
        },
        telephones: {
          channel: settings.EARSHOT_SUPERVISOR_CHANNEL,
          allowed: new RegExp(`^(?:${settings.EARSHOT_SUPERVISOR_EXTENSIONS})$`),
        },
        asterisk: amiTap,
        relayAddress: relayAddress(settings, port),
        announcements,
        speak: (sentence) => speak(settings.EARSHOT_SPEAK_COMMAND, sentence),
        vicidial: vicidialApi(settings, vicidial),
      });
    if (settings.EARSHOT_RECORDINGS_FOLDER !== undefined)
      recordings = await Recordings.start(
        {
          folder: settings.EARSHOT_RECORDINGS_FOLDER,
          stateFolder: settings.EARSHOT_RECORDINGS_STATE_FOLDER,
          side: settings.EARSHOT_RECORDINGS_SIDE,
        },
        { openLeg: calls.openLeg, describe: (description) => void calls.describe(description), clock, log },
      );
    health = await listenHealth(settings.EARSHOT_HTTP_HOST, settings.EARSHOT_HTTP_PORT, {
      version,
      problems,
      impairments: () => [...impairments(), ...trunkAdvice()],
      metrics: relayMetrics({ calls, publisher, spool, audioSocket, amiTap, vicidial, control }),
      access: { token: settings.EARSHOT_HTTP_TOKEN, names: settings.EARSHOT_HTTP_NAMES },
      describeLeg: (description) => calls.describe(description),
    });
  } catch (error) {
    await drain();
    throw error;
  }
  return { audioSocketPort: audioSocket.port, httpPort: health.port, drain };
}

/** Redacts in the languages named, or in the relay's own and English. */
function redactorOf(settings: RelaySettings, log: Logger): Redactor | undefined {
  if (settings.EARSHOT_REDACTION === 'off') return undefined;
  const { EARSHOT_LANGUAGE: language, EARSHOT_REDACTION_LANGUAGES: named } = settings;
  const tags = named.length > 0 ? named : [language, 'en'];
  for (const tag of tags)
    if (!languageOf(tag)) log.warn({ language: tag }, 'numbers are not redacted in this language, only written ones');
  return new Redactor([...new Set(tags.flatMap((tag) => languageOf(tag) ?? []))]);
}
/** Asterisk's proof that it can open taps is no leg, and ends by itself. */
const unheard: LegReceiver = { audio: () => undefined, end: () => undefined };

function managerFindings(amiTap: AmiTap | undefined, areGrave: boolean): string[] {
  const findings = amiTap?.rights.findings() ?? [];
  return findings.filter(({ isGrave }) => isGrave === areGrave).map(({ found, advice }) => `${found}. ${advice}`);
}

function spoolProblems(spool: Spool): string[] {
  if (spool.problem !== undefined) return [`The spool cannot be written (${spool.problem}): events wait in memory`];
  return spool.unwrittenCount > 0 ? ['The spool has no room on its disk'] : [];
}

function spoolDamage({ setAsideFolders, lostRows }: Spool): string[] {
  if (setAsideFolders.length === 0 && lostRows === 0) return [];
  const where = setAsideFolders.length === 0 ? '' : `, set aside in ${setAsideFolders.join(', ')}`;
  return [`The spool was damaged: ${lostRows} rows could not be read since the start${where}`];
}

/** How ViciDial brings supervisors onto calls; undefined where Asterisk does. */
function vicidialApi(settings: RelaySettings, vicidial: Vicidial | undefined): ControlDependencies['vicidial'] {
  const {
    EARSHOT_VICIDIAL_API_URL: url,
    EARSHOT_VICIDIAL_API_USER: user = '',
    EARSHOT_VICIDIAL_API_PASSWORD: password = '',
  } = settings;
  return url === undefined || !vicidial ? undefined : { api: { url, user, password }, sessionOf: vicidial.sessionOf };
}

function amiTapOptions(
  settings: RelaySettings,
  audioSocketPort: number,
  trunkAnswers: readonly TrunkAnswer[],
): AmiTapOptions | undefined {
  const login = amiLogin(settings);
  return (
    login && {
      ...login,
      relayAddress: relayAddress(settings, audioSocketPort),
      isPlacing: settings.EARSHOT_AMI_TAP === 'on',
      standbyMs: settings.EARSHOT_AMI_STANDBY_MS,
      filters: {
        channels: settings.EARSHOT_AMI_CHANNELS,
        contexts: settings.EARSHOT_AMI_CONTEXTS,
        queues: settings.EARSHOT_AMI_QUEUES,
      },
      trunks: settings.EARSHOT_AMI_TRUNKS,
      trunkAnswers,
    }
  );
}
