import type { z } from 'zod';
import type { Notifier, NotifierDependencies, NotifierKind } from '../notifier.ts';
import { email } from './email.ts';
import { ring } from './ring.ts';
import { slack } from './slack.ts';
import { sns } from './sns.ts';

/** Every kind of notifier: a new one is a file and a line here. */
const notifierKinds = [ring, sns, slack, email];

/**
 * The notifiers that this deployment uses.
 * @param read parses the environment variables of a kind
 * @throws ZodError naming each missing or malformed variable
 */
export function openNotifiers(
  read: <S extends z.ZodObject>(settings: S) => z.infer<S>,
  dependencies: NotifierDependencies,
): Notifier[] {
  const open = <S extends z.ZodObject>(kind: NotifierKind<S>) => kind.open(read(kind.settings), dependencies);
  return notifierKinds.flatMap((kind) => open(kind as NotifierKind<z.ZodObject>) ?? []);
}
