import type { CallTick, LegTick } from '#core/call/events.ts';
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import type { AudioSocketServer } from './audiosocket/server.ts';
import type { Calls } from './call/calls.ts';
import type { AmiTap } from './capture/ami/tap.ts';
import type { ControlChannel } from './control/channel.ts';
import type { Vicidial } from './enrich/vicidial/vicidial.ts';
import type { Publisher } from './publish/publisher.ts';
import type { Spool } from './publish/spool.ts';

export interface MeasuredParts {
  readonly calls: Calls;
  readonly publisher: Publisher;
  readonly spool: Spool;
  readonly audioSocket: AudioSocketServer;
  readonly amiTap: AmiTap | undefined;
  readonly vicidial: Vicidial | undefined;
  readonly control: ControlChannel | undefined;
}

/** The relay's metrics for Prometheus, read from its parts at each scrape. */
export function relayMetrics({
  calls,
  publisher,
  spool,
  audioSocket,
  amiTap,
  vicidial,
  control,
}: MeasuredParts): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `earshot_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `earshot_${name}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  gauge('live_calls', 'Live calls', () => calls.callCount);
  gauge('live_legs', 'Live legs', () => calls.legCount);
  gauge('waiting_descriptions', 'Descriptions of legs that wait for their audio', () => calls.waitingDescriptions);
  counter(
    'forgotten_descriptions',
    'Descriptions of legs that had to go for newer ones before their audio came',
    () => calls.forgottenDescriptions,
  );
  gauge('silent_legs', 'Legs of which no audio has come for 10 s', () => count(legsOf(calls), isSilent));
  gauge('mixed_legs', 'Legs of which nobody said who speaks', () => count(legsOf(calls), isMixed));
  gauge('one_sided_calls', 'Calls older than 10 s of which only agent or caller is received', () =>
    count(calls.ticks(), isOneSided),
  );
  gauge('engine_lag_ms', 'How late the last words of a leg came, at worst', () =>
    Math.max(0, ...legsOf(calls).map(({ engineLagMs }) => engineLagMs)),
  );
  gauge('spooled_events', 'Events that wait for EventBridge', () => spool.count);
  gauge('unwritten_events', 'Events that wait in memory because the disk has no room', () => spool.unwrittenCount);
  gauge('rejected_events', 'Events EventBridge refuses for good, set aside on disk', () => spool.rejectedCount);
  gauge('lost_spool_rows', 'Rows of the spool that could not be read', () => spool.lostRows);
  gauge('publish_failures_in_a_row', 'Failed requests since the last good one', () => publisher.consecutiveFailures);
  counter('published_events', 'Events EventBridge took', () => publisher.publishedEvents);
  counter('failed_entries', 'Entries EventBridge did not take', () => publisher.failedEntries);
  counter('dropped_ticks', 'Ticks that were never taken', () => publisher.droppedTicks);
  const { counts } = audioSocket;
  counter('audiosocket_connections', 'Connections accepted', () => counts.connections);
  counter('audiosocket_frames', 'Frames read', () => counts.frames);
  counter('audiosocket_unknown_frames', 'Frames of an unknown kind, skipped', () => counts.unknownFrames);
  counter('audiosocket_malformed', 'Connections closed for a malformed frame', () => counts.malformed);
  counter('audiosocket_idle', 'Connections closed for saying nothing', () => counts.idle);
  counter('audiosocket_refused', 'Connections refused', () => counts.refused);
  counter('audiosocket_strangers', 'Connections from addresses that are not allowed', () => counts.strangers);
  counter('audiosocket_displaced', 'Connections closed to make room for others', () => counts.displaced);
  counter('taps_placed', 'Taps Asterisk opened', () => amiTap?.counts.placed ?? 0);
  counter('taps_failed', 'Taps Asterisk could not open', () => amiTap?.counts.failed ?? 0);
  if (control) {
    const { counts: sent } = control;
    gauge('control_connected', '1 while the cloud can reach this relay', () => Number(control.isConnected));
    counter('control_connections', 'Connections opened to the cloud', () => sent.connections);
    counter('control_failures', 'Connections that were lost or could not be opened', () => sent.failures);
    counter('control_commands', 'Commands from the cloud', () => sent.commands);
    counter('control_misunderstood', 'Messages from the cloud that follow no contract', () => sent.misunderstood);
    counter('partials', 'Partials sent of watched calls', () => sent.partials);
    counter('held_partials', 'Partials the connection did not take at once', () => sent.heldPartials);
    counter('announcements', 'Telephones on which an alert was spoken', () => counts.announcements);
  }
  if (!vicidial) return registry;
  const { database, enricher } = vicidial;
  gauge('vicidial_up', '1 while the ViciDial database answers', () => Number(database.isWell));
  gauge('vicidial_followed_calls', 'Calls that are looked up in the ViciDial database', () => enricher.followedCount);
  counter('vicidial_queries', 'Queries to the ViciDial database', () => database.queries);
  counter('vicidial_failures', 'Queries that failed or were too slow', () => database.failures);
  return registry;
}

const QUIET_MS = 10_000;

const legsOf = (calls: Calls) => calls.ticks().flatMap(({ legs }) => legs);
const isSilent = ({ lastAudioAgeMs }: LegTick) => lastAudioAgeMs > QUIET_MS;
const isMixed = ({ channel }: LegTick) => channel === 'mixed';
const isOneSided = ({ atMs, legs }: CallTick) => atMs > QUIET_MS && legs.length === 1 && !legs.some(isMixed);

function count<T>(items: readonly T[], isCounted: (item: T) => boolean): number {
  return items.filter(isCounted).length;
}
