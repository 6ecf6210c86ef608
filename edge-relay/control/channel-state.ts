import type { Connection } from './connection.ts';
import type { Heartbeat } from './heartbeat.ts';

/** A connection that is open, and what belongs to it. */
export interface Link {
  readonly connection: Connection;
  readonly heartbeat: Heartbeat;
  readonly cancelHeld: () => void;
}

/**
 * Where the channel stands.
 *
 * idle ─start▶ connecting ─opened▶ connected ⇄ renewing (a new connection is opened before the old one is closed)
 *                 ▲  └─ failed ▶ waiting ◀ lost ┘
 *                 └─ back-off is over ┘
 *
 * From any of them to `stopped`.
 */
export type ChannelState =
  | { readonly name: 'idle' }
  /** `problem`: why there is no connection, where that is known. */
  | { readonly name: 'connecting'; readonly problem: string | undefined }
  | { readonly name: 'waiting'; readonly problem: string; readonly cancelNext: () => void }
  | { readonly name: 'connected'; readonly link: Link; readonly cancelNext: () => void }
  | { readonly name: 'renewing'; readonly link: Link }
  | { readonly name: 'stopped' };

/** The link is not used any more; its connection is closed by whoever replaces it. */
export function endLink({ heartbeat, cancelHeld }: Link): void {
  heartbeat.stop();
  cancelHeld();
}
