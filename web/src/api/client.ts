import type { z } from 'zod';
import {
  activeCallsSchema,
  callDetailSchema,
  ticketSchema,
  type ActiveCalls,
  type CallDetail,
  type Ticket,
} from '#core/views.ts';
import { ApiError, errorOf } from './problem.ts';

/** The HTTP API as the page uses it. Every method throws {@link ApiError}. */
export interface ApiClient {
  activeCalls(): Promise<ActiveCalls>;
  call(callId: string): Promise<CallDetail>;
  ticket(): Promise<Ticket>;
}

/** The signed-in person's ID token; `renew` asks for another one after the API refused the last. */
export type TokenSource = (options: { renew: boolean }) => Promise<string>;

const REQUEST_TIMEOUT_MS = 15_000;

/** @param apiUrl the API's root, with or without a slash at its end */
export function createApiClient(apiUrl: string, token: TokenSource, fetch: typeof globalThis.fetch): ApiClient {
  const root = apiUrl.replace(/\/$/, '');

  async function send(method: string, path: string, renew: boolean): Promise<Response> {
    const headers = { accept: 'application/json', authorization: `Bearer ${await token({ renew })}` };
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    try {
      return await fetch(`${root}${path}`, { method, headers, signal, cache: 'no-store' });
    } catch (cause) {
      throw new ApiError('network', 'No answer', { cause });
    }
  }

  async function request<T>(schema: z.ZodType<T>, method: string, path: string): Promise<T> {
    const first = await send(method, path, false);
    const response = first.status === 401 ? await send(method, path, true) : first;
    if (!response.ok) throw await errorOf(response);
    const body: unknown = await response.json().catch(() => undefined);
    const answer = schema.safeParse(body);
    if (answer.success) return answer.data;
    throw new ApiError('misunderstood', `${method} ${path}`, { status: response.status, cause: answer.error });
  }

  return {
    activeCalls: () => request(activeCallsSchema, 'GET', '/calls'),
    call: (callId) => request(callDetailSchema, 'GET', `/calls/${encodeURIComponent(callId)}`),
    ticket: () => request(ticketSchema, 'POST', '/tickets'),
  };
}
