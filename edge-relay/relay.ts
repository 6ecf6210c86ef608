import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { Logger } from 'pino';
import { version } from '../package.json';
import { addressList, PRIVATE_NETWORKS } from './audiosocket/address-list.ts';
import { AudioSocketServer } from './audiosocket/server.ts';
import type { UnsentEvent } from './call/call.ts';
import { Calls, type Redaction } from './call/calls.ts';
import { Ticker } from './call/ticker.ts';
import { AmiTap, type AmiTapOptions } from './capture/ami/tap.ts';
import { Recordings } from './capture/recordings/recordings.ts';
import { every, systemClock } from './clock.ts';
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
import { breaksOff, redact } from './redaction/redact.ts';
import { redactUnfinished } from './redaction/unfinished.ts';
import type { SttEngine } from './stt/engine.ts';
import { EngineStatus } from './stt/engine-status.ts';

export interface Relay {
  readonly audioSocketPort: number;
  readonly httpPort: number;
  /** Ends every call, publishes the rest and closes everything. Resolves with whether the spool is empty. */
  drain: () => Promise<boolean>;
}

export interface RelayDependencies {
  /** The preferred engine, then its fallback if there is one. */
  readonly engines: readonly SttEngine[];
  readonly log: Logger;
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
  { engines, eventBridge, log }: RelayDependencies,
): Promise<Relay> {
  const clock = systemClock;
  const spool = Spool.start(settings.EARSHOT_SPOOL_FOLDER, {
    maxBytes: settings.EARSHOT_SPOOL_MAX_MB * 1_048_576,
    reserveBytes: settings.EARSHOT_SPOOL_RESERVE_MB * 1_048_576,
  });
  const client = new EventBridgeClient({
    ...eventBridge,
    // The publisher has the one retry loop.
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000 },
  });
  const publisher = new Publisher({ client, busName: settings.EARSHOT_BUS_NAME, spool, clock, log });
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
    levelTargetDbfs: settings.EARSHOT_LEVEL_TARGET_DBFS,
    redaction: settings.EARSHOT_REDACTION === 'on' ? { redact, redactUnfinished, breaksOff } : untouched,
    leftCalls: spool.liveCalls(),
    hasRoom: () => spool.hasRoom,
    onCallStarted: () => {
      ticker.soon();
    },
    sendPartial: (partial) => control?.sendPartial(partial) ?? false,
    enricher: vicidial?.enricher,
  });
  const ticker = new Ticker({
    relayId: settings.EARSHOT_RELAY_ID,
    version,
    periodMs: settings.EARSHOT_TICK_MS,
    clock,
    calls: () => calls.ticks(),
    spooledEvents: () => spool.count,
    publish: (tick) => {
      publisher.report(tick);
    },
  });

  publisher.start();
  calls.start();
  ticker.start();

  // While nothing is measured by it, the clock may follow the machine's.
  const stopSetting = every(clock, CLOCK_MS, () => {
    if (calls.legCount === 0 && calls.callCount === 0) clock.set();
  });

  let audioSocket: AudioSocketServer | undefined;
  let amiTap: AmiTap | undefined;
  let control: ControlChannel | undefined;
  let recordings: Recordings | undefined;
  let health: HealthServer | undefined;
  const drain = async () => {
    ticker.stop();
    await vicidial?.stop();
    stopSetting();
    control?.stop();
    // Asterisk must not be sent to a door that is about to close.
    await amiTap?.stop();
    await Promise.all([audioSocket?.stop(), recordings?.stop(), calls.drain()]);
    const isFlushed = await publisher.flush(FLUSH_MS);
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
        idleMs: settings.EARSHOT_AUDIOSOCKET_IDLE_MS,
        maxConnections: settings.EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS,
        allowed: addressList([...PRIVATE_NETWORKS, ...settings.EARSHOT_AUDIOSOCKET_ALLOW]),
      },
      {
        openLeg: (leg) => (amiTap?.isAbandoned(leg.uuid) ? undefined : calls.openLeg(leg)),
        announcementFor: announcements.take,
        clock,
        log,
      },
    );
    const { closeLeg, port } = audioSocket;
    const amiOptions = amiTapOptions(settings, port);
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
      problems: () => [
        ...(publisher.consecutiveFailures >= UNREADY_FAILURES ? ['EventBridge cannot be reached'] : []),
        ...(spool.unwrittenCount > 0 ? ['The spool has no room on its disk'] : []),
        ...status.problems(),
        ...(amiTap?.client.isConnected === false ? ['Asterisk’s manager interface cannot be reached'] : []),
      ],
      impairments: () => (control?.problem === undefined ? [] : [`The control channel is down: ${control.problem}`]),
      metrics: relayMetrics({ calls, publisher, spool, audioSocket, amiTap, vicidial, control }),
      describeLeg: (description) => calls.describe(description),
    });
  } catch (error) {
    await drain();
    throw error;
  }
  return { audioSocketPort: audioSocket.port, httpPort: health.port, drain };
}

const untouched: Redaction = { redact: (text) => text, redactUnfinished: (text) => text, breaksOff: () => false };

/** host:port at which Asterisk reaches the relay's AudioSocket. */
function relayAddress(settings: RelaySettings, audioSocketPort: number): string {
  return settings.EARSHOT_AMI_RELAY_ADDRESS ?? `127.0.0.1:${audioSocketPort}`;
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

function amiTapOptions(settings: RelaySettings, audioSocketPort: number): AmiTapOptions | undefined {
  const { EARSHOT_AMI_HOST: host, EARSHOT_AMI_SECRET: secret } = settings;
  if (host === undefined || secret === undefined) return undefined;
  return {
    host,
    port: settings.EARSHOT_AMI_PORT,
    user: settings.EARSHOT_AMI_USER,
    secret,
    relayAddress: relayAddress(settings, audioSocketPort),
    isPlacing: settings.EARSHOT_AMI_TAP === 'on',
    standbyMs: settings.EARSHOT_AMI_STANDBY_MS,
    filters: {
      channels: settings.EARSHOT_AMI_CHANNELS,
      contexts: settings.EARSHOT_AMI_CONTEXTS,
      queues: settings.EARSHOT_AMI_QUEUES,
    },
    trunks: settings.EARSHOT_AMI_TRUNKS,
  };
}
