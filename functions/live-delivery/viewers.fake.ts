import type { Access, Restriction } from '#core/people.ts';
import type { Viewer } from '../adapters/viewers.ts';
import type { DeliveryDependencies } from './deliver.ts';

/** A supervisor's connection, whose access was known at the instant 0. */
export function viewerOf(connectionId: string, restriction?: Restriction): Viewer {
  const access: Access = { role: 'supervisor', ...(restriction && { restriction }) };
  return { connectionId, sub: `sub of ${connectionId}`, asOf: 0, access };
}

/** A user pool that says of nobody anything new, but of those who are named; undefined takes their access away. */
export function peopleWith(changed: Readonly<Record<string, Access | undefined>> = {}): DeliveryDependencies['people'] {
  return {
    newestOfMany: () =>
      Promise.resolve((sub, known) => (Object.hasOwn(changed, sub) ? { access: changed[sub], asOf: 1 } : known)),
  };
}
