import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { activeCallsSchema, callDetailSchema, type ActiveCalls, type CallDetail } from '#core/contracts/http/calls.ts';
import { callPageSchema, type CallPage } from '#core/contracts/http/history.ts';
import { storedSettingsSchema, type SettingsPut, type StoredSettings } from '#core/contracts/http/settings.ts';
import { ticketSchema, type Ticket } from '#core/contracts/http/tickets.ts';
import type { ServerMessage, Topic } from '#core/contracts/live.ts';
import { messagesIn } from '../functions/live-delivery/frame.ts';
import { people } from '../local/people.ts';
import type { RunningSystem } from './system.ts';

/** A signed-in person's use of the HTTP API. */
export interface SignedIn {
  readonly activeCalls: () => Promise<ActiveCalls>;
  readonly call: (callId: string) => Promise<CallDetail>;
  /** An agent's calls of the last seven days. */
  readonly pastCallsOf: (agentId: string) => Promise<CallPage>;
  readonly ticket: () => Promise<Ticket>;
  readonly settings: () => Promise<StoredSettings>;
  readonly putSettings: (settings: SettingsPut) => Promise<StoredSettings>;
}

/** The ID token of a person, by the user pool's password sign-in. */
export async function idTokenOf(
  { config, system }: RunningSystem,
  person: { readonly email: string; readonly password: string },
): Promise<string> {
  const cognito = new CognitoIdentityProviderClient({
    endpoint: system.endpointUrl,
    region: config.aws.region,
    credentials: config.aws,
  });
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: system.outputs.UserPoolClientId,
      AuthParameters: { USERNAME: person.email, PASSWORD: person.password },
    }),
  );
  cognito.destroy();
  return z.string().parse(AuthenticationResult?.IdToken);
}

/** Signs in with the user pool's password sign-in. */
export async function signIn(running: RunningSystem, role: 'supervisor' | 'admin' = 'supervisor'): Promise<SignedIn> {
  const { system } = running;
  const person = people.find(({ group }) => group === role) ?? people[0];
  const token = await idTokenOf(running, person);

  const request = async <T>(schema: z.ZodType<T>, method: string, path: string, body?: unknown): Promise<T> => {
    const response = await fetch(new URL(path, `${system.outputs.ApiUrl.replace(/\/$/, '')}/`), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return schema.parse(await response.json());
  };
  return {
    activeCalls: async () => request(activeCallsSchema, 'GET', 'calls'),
    call: async (callId) => request(callDetailSchema, 'GET', `calls/${encodeURIComponent(callId)}`),
    pastCallsOf: async (agentId) => request(callPageSchema, 'GET', `calls/search?agent=${encodeURIComponent(agentId)}`),
    ticket: async () => request(ticketSchema, 'POST', 'tickets'),
    settings: async () => request(storedSettingsSchema, 'GET', 'settings'),
    putSettings: async (settings) => request(storedSettingsSchema, 'PUT', 'settings', settings),
  };
}

/** A message, and when it came. */
export interface Received {
  readonly at: number;
  readonly message: ServerMessage;
}

/** A viewer on the WebSocket that keeps all it receives. */
export interface WebSocketViewer {
  readonly received: readonly Received[];
  readonly subscribe: (topic: Topic) => void;
  readonly close: () => Promise<void>;
}

/** Opens a WebSocket with a fresh ticket. */
export async function openViewer(api: SignedIn): Promise<WebSocketViewer> {
  const { ticket, url } = await api.ticket();
  const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}`);
  const received: Received[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary) throw new Error('a binary frame: browsers expect text');
    const at = Date.now();
    received.push(...messagesIn((data as Buffer).toString()).map((message) => ({ at, message })));
  });
  await once(socket, 'open');
  return {
    received,
    subscribe: (topic) => {
      socket.send(JSON.stringify({ action: 'subscribe', topic }));
    },
    close: async () => {
      // The server may have closed it.
      if (socket.readyState === WebSocket.CLOSED) return;
      const closed = once(socket, 'close');
      socket.close();
      await closed;
    },
  };
}
