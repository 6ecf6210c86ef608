import { computed, inject, onScopeDispose, provide, shallowRef, type ComputedRef, type InjectionKey } from 'vue';
import type { Me } from '#core/contracts/http/me.ts';
import type { ApiClient } from './api-client.ts';

const RETRY_MS = 10_000;

/** Who is signed in, as the API knows them; undefined until it has answered. */
export interface Myself {
  readonly me: ComputedRef<Me | undefined>;
  readonly isAdmin: ComputedRef<boolean>;
}

const key: InjectionKey<Myself> = Symbol('me');

/** Asks the API who is signed in, until it answers. */
export function provideMe(api: Pick<ApiClient, 'me'>): Myself {
  const answer = shallowRef<Me>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;

  async function load(): Promise<void> {
    try {
      answer.value = await api.me();
    } catch {
      // What needs it stays hidden meanwhile; that the API cannot be reached is shown elsewhere.
      if (!isOver) timer = setTimeout(() => void load(), RETRY_MS);
    }
  }

  void load();
  onScopeDispose(() => {
    isOver = true;
    clearTimeout(timer);
  });
  const myself = { me: computed(() => answer.value), isAdmin: computed(() => answer.value?.role === 'admin') };
  provide(key, myself);
  return myself;
}

export function useMe(): Myself {
  const myself = inject(key);
  if (!myself) throw new Error('Nobody: call provideMe at the root');
  return myself;
}
