import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { relayCommandSchema, type RelayMessage } from '#core/contracts/control.ts';
import type { RingOutcome } from '#core/monitor.ts';
import type { Channel } from '#core/ids.ts';
import { openTicket } from '../edge-relay/control/ticket.ts';
import type { RunningSystem } from './system.ts';

/** A seed relay's channel to the cloud: words that are being said, and telephones whose outcome is known before. */
export class SeedControl {
  /** Calls that somebody has open. */
  readonly watched = new Set<string>();
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket, outcome: RingOutcome) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      const command = relayCommandSchema.parse(JSON.parse(data.toString()));
      if (command.type === 'watch') this.watched.add(command.callId);
      if (command.type === 'unwatch') this.watched.delete(command.callId);
      if ('requestId' in command) {
        const { requestId, callId } = command;
        this.#say({ action: 'outcome', requestId, callId, outcome });
      }
    });
  }

  /** @param outcome of every telephone that is to be called */
  static async open({ config, system }: RunningSystem, relayId: string, outcome: RingOutcome): Promise<SeedControl> {
    const aws = new EventBridgeClient({ region: config.aws.region, credentials: config.aws });
    const { url, ticket } = await openTicket(system.outputs.ApiUrl, relayId, aws.config);
    aws.destroy();
    const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`);
    const control = new SeedControl(socket, outcome);
    await once(socket, 'open');
    return control;
  }

  /** What somebody is saying, from `startMs` of the call on. */
  partial(callId: string, channel: Channel, startMs: number, text: string): void {
    this.#say({ action: 'partial', callId, channel, startMs, text, heardAt: Date.now() });
  }

  async close(): Promise<void> {
    const closed = once(this.#socket, 'close');
    this.#socket.close();
    await closed;
  }

  #say(message: RelayMessage): void {
    this.#socket.send(JSON.stringify(message));
  }
}
