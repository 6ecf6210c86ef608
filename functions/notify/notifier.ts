import type { z } from 'zod';
import type { RelayCommand } from '#core/contracts/control.ts';
import type { Settings } from '#core/settings.ts';
import type { Delivery } from '../adapters/web-socket.ts';
import type { Notice } from './notice.ts';

/** A way of notifying people: an SNS topic, Slack, e-mail, their telephone. */
export interface Notifier {
  readonly name: string;
  send(notice: Notice): Promise<void>;
}

/** What notifiers depend on. */
export interface NotifierDependencies {
  /** What admins set on the page. */
  readonly settings: () => Promise<Settings>;
  /** Sends a command to a relay; `gone` where it has no connection. */
  readonly sendToRelay: (relayId: string, command: RelayCommand) => Promise<Delivery>;
  /** A secret of Secrets Manager, by name. */
  readonly secret: (name: string) => Promise<string>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** One kind of notifier: its environment variables, and how it is opened. */
export interface NotifierKind<S extends z.ZodObject> {
  /** Its environment variables. */
  readonly settings: S;
  /** @returns undefined where this deployment does not use it */
  readonly open: (settings: z.infer<S>, dependencies: NotifierDependencies) => Notifier | undefined;
}

/** Lets the compiler infer the type of the settings from their schema. */
export function notifierKind<S extends z.ZodObject>(kind: NotifierKind<S>): NotifierKind<S> {
  return kind;
}
