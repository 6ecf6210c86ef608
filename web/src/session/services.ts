import { inject, type InjectionKey } from 'vue';
import type { ApiClient } from './api-client.ts';
import type { Cognito } from './cognito.ts';
import type { ManagedLogin } from './managed-login.ts';
import type { Session } from './session.ts';

/** The page's doors to the outside. */
export interface Services {
  readonly api: ApiClient;
  readonly cognito: Cognito;
  /** Where people sign in on Cognito's own page; without it, by a form here. */
  readonly managedLogin: ManagedLogin | undefined;
  readonly session: Session;
}

export const servicesKey: InjectionKey<Services> = Symbol('services');

export function useServices(): Services {
  const services = inject(servicesKey);
  if (!services) throw new Error('No services: provide servicesKey at the root');
  return services;
}
