import type { SttEngine } from '../engine.ts';

/** What a peer does to a connection instead of serving it to its end. */
export type Fault =
  | { readonly kind: 'refuse'; readonly status: 400 | 401 | 429 }
  /** The connection is reset when so much audio has come. */
  | { readonly kind: 'drop'; readonly afterAudioMs: number };

/** A vendor's server on loopback, and the engine that talks to it. */
export interface EnginePeer {
  readonly engine: SttEngine;
  /** What happens to the next connections, in order; those after are served. */
  readonly faults: Fault[];
  /** Audio each connection has sent, in milliseconds. */
  readonly heardMs: number[];
  close: () => Promise<void>;
}
