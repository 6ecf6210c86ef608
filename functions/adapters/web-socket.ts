import {
  ApiGatewayManagementApiClient,
  ApiGatewayManagementApiServiceException,
  DeleteConnectionCommand,
  PostToConnectionCommand,
  type ApiGatewayManagementApiClientConfig,
} from '@aws-sdk/client-apigatewaymanagementapi';

/** `gone`: the connection is closed. `failed`: the message was refused, or not accepted in time. */
export type Delivery = 'sent' | 'gone' | 'failed';

/** Posts messages to open WebSocket connections. */
export class WebSocketApi {
  readonly #client: ApiGatewayManagementApiClient;
  readonly #timeoutMs: number;

  /** @param timeoutMs how long one message may take, retries included */
  constructor(callbackUrl: string, timeoutMs: number, client: ApiGatewayManagementApiClientConfig = {}) {
    this.#client = new ApiGatewayManagementApiClient({ ...client, endpoint: callbackUrl, maxAttempts: 2 });
    this.#timeoutMs = timeoutMs;
  }

  /** Never throws for a failure of one connection. */
  async post(connectionId: string, message: string): Promise<Delivery> {
    try {
      await this.#client.send(new PostToConnectionCommand({ ConnectionId: connectionId, Data: message }), {
        abortSignal: AbortSignal.timeout(this.#timeoutMs),
      });
      return 'sent';
    } catch (error) {
      return isGone(error) ? 'gone' : 'failed';
    }
  }

  /** Closes a connection; it may be closed already. */
  async close(connectionId: string): Promise<void> {
    try {
      await this.#client.send(new DeleteConnectionCommand({ ConnectionId: connectionId }), {
        abortSignal: AbortSignal.timeout(this.#timeoutMs),
      });
    } catch {
      // Its rows are removed either way, and its page reconnects when it receives nothing.
    }
  }
}

function isGone(error: unknown): boolean {
  return error instanceof ApiGatewayManagementApiServiceException && error.$metadata.httpStatusCode === 410;
}
