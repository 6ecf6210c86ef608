import { EventBridgeClient, type EventBridgeClientConfig } from '@aws-sdk/client-eventbridge';
import type { Logger } from 'pino';
import { AudioSocketServer } from './audiosocket/server.ts';
import type { UnsentEvent } from './call/call.ts';
import { Calls } from './call/calls.ts';
import { Ticker } from './call/ticker.ts';
import { systemClock } from './clock.ts';
import type { Settings } from './config.ts';
import { type HealthServer, listenHealth } from './health.ts';
import { relayMetrics } from './metrics.ts';
import { Publisher } from './publish/publisher.ts';
import { Spool } from './publish/spool.ts';
import type { SttEngine } from './stt/engine.ts';

export interface Relay {
  readonly audioSocketPort: number;
  readonly httpPort: number;
  /** Ends every call, publishes what was said, and lets go of everything. Says whether nothing is left in the spool. */
  drain: () => Promise<boolean>;
}

export interface RelayDependencies {
  readonly engine: SttEngine;
  readonly log: Logger;
  /** Region, endpoint and credentials; what is not given comes from AWS's own environment. */
  readonly eventBridge?: EventBridgeClientConfig;
}

/** The relay is not ready after so many failed requests in a row. */
const UNREADY_FAILURES = 3;
const FLUSH_MS = 20_000;

/** Starts a relay: calls that an earlier one left are ended, then Asterisk is listened for. */
export async function startRelay(settings: Settings, { engine, eventBridge, log }: RelayDependencies): Promise<Relay> {
  const clock = systemClock;
  const spool = new Spool(settings.EARSHOT_SPOOL_FOLDER);
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
  for (const call of spool.liveCalls()) publish(endOfLeftCall(call));

  const calls: Calls = new Calls({
    relayId: settings.EARSHOT_RELAY_ID,
    pbx: settings.EARSHOT_PBX,
    engine,
    clock,
    log,
    publish,
    onCallStarted: () => {
      ticker.soon();
    },
  });
  const ticker = new Ticker({
    relayId: settings.EARSHOT_RELAY_ID,
    periodMs: settings.EARSHOT_TICK_MS,
    clock,
    calls: () => calls.ticks(),
    spooledEvents: () => spool.count,
    publish: (tick) => {
      publisher.tick(tick);
    },
  });

  let audioSocket: AudioSocketServer | undefined;
  let health: HealthServer | undefined;
  const drain = async () => {
    ticker.stop();
    await Promise.all([audioSocket?.stop(), calls.drain()]);
    const isFlushed = await publisher.flush(FLUSH_MS);
    await health?.close();
    await engine.close();
    await spool.close();
    client.destroy();
    return isFlushed;
  };
  try {
    audioSocket = await AudioSocketServer.listen(
      {
        host: settings.EARSHOT_AUDIOSOCKET_HOST,
        port: settings.EARSHOT_AUDIOSOCKET_PORT,
        idleMs: settings.EARSHOT_AUDIOSOCKET_IDLE_MS,
        maxConnections: settings.EARSHOT_AUDIOSOCKET_MAX_CONNECTIONS,
      },
      { openLeg: calls.openLeg, clock, log },
    );
    health = await listenHealth(settings.EARSHOT_HTTP_HOST, settings.EARSHOT_HTTP_PORT, {
      problems: () => (publisher.consecutiveFailures >= UNREADY_FAILURES ? ['EventBridge cannot be reached'] : []),
      metrics: relayMetrics({ calls, publisher, spool, audioSocket }),
      describeLeg: (description) => calls.describe(description),
    });
  } catch (error) {
    await drain();
    throw error;
  }
  return { audioSocketPort: audioSocket.port, httpPort: health.port, drain };
}

function endOfLeftCall({ lastEventAt, ...call }: ReturnType<Spool['liveCalls']>[number]): UnsentEvent {
  return { type: 'CallEnded', version: 1, ...call, endedAt: lastEventAt, reason: 'relay-restarted' };
}
