import type { SpeechContext, SttConnection } from './engine.ts';

/** One try with one engine, from its opening on. What comes from another attempt than the current one is ignored. */
export interface Attempt {
  readonly context: SpeechContext;
  readonly openedAt: number;
  /** When the engine last answered. */
  answeredAt: number;
  /** Where the connection's own time zero lies in the session's time. */
  originMs: number;
  /** The engine has sent a result: what goes wrong afterwards is no refusal. */
  hasResults: boolean;
}

/** An attempt that has its connection. */
export interface Connected {
  readonly attempt: Attempt;
  readonly connection: SttConnection;
  /** The end of what was sent, in the session's time. */
  sentMs: number;
  readonly cancelWorks: () => void;
}

/**
 * Where a session stands.
 *
 * idle ─start▶ opening ─opened▶ replaying ─all is sent▶ live
 *                 ▲                └────── lost ──────────┤
 *                 └───── back-off is over ── waiting ◀────┘
 *
 * From any of them to `refused` when no engine accepts the stream, and to `over` at the end.
 */
export type SessionState =
  /** Audio is kept; nothing is opened yet. */
  | { readonly name: 'idle' }
  /** An engine was asked for a connection. */
  | { readonly name: 'opening'; readonly attempt: Attempt }
  /** What was kept is being sent, no faster than the engine takes it. */
  | { readonly name: 'replaying'; readonly on: Connected; readonly cancelTimer: () => void }
  /** All that was pushed has been sent, and what comes is sent at once. */
  | { readonly name: 'live'; readonly on: Connected }
  /** The connection was lost; another one is opened after the back-off. */
  | { readonly name: 'waiting'; readonly cancelTimer: () => void }
  /** No engine accepts the stream. */
  | { readonly name: 'refused' }
  | { readonly name: 'over' };

/** The connection, in the states that have one. */
export function connectedOf(state: SessionState): Connected | undefined {
  return state.name === 'replaying' || state.name === 'live' ? state.on : undefined;
}

/** The attempt whose messages count. */
export function attemptOf(state: SessionState): Attempt | undefined {
  return state.name === 'opening' ? state.attempt : connectedOf(state)?.attempt;
}
