import type { BrowserContext, WebSocketRoute } from 'playwright-core';

/** WebSocket's code for a server that restarts. */
const SERVICE_RESTART = 1012;

/** Carries a browser's WebSockets: cut, it closes them all as a restarting server does, and accepts none until it is mended. */
export class Wire {
  readonly #sockets = new Set<WebSocketRoute>();
  #isCut = false;

  /** Routes the WebSockets of pages that are opened from now on. */
  async carry(context: BrowserContext): Promise<void> {
    await context.routeWebSocket(/.*/, async (socket) => {
      if (this.#isCut) return socket.close({ code: SERVICE_RESTART });
      socket.connectToServer();
      this.#sockets.add(socket);
    });
  }

  async cut(): Promise<void> {
    this.#isCut = true;
    const dropped = [...this.#sockets];
    this.#sockets.clear();
    await Promise.all(dropped.map(async (socket) => socket.close({ code: SERVICE_RESTART })));
  }

  mend(): void {
    this.#isCut = false;
  }
}
