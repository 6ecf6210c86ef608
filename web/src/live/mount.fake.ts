import { mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils';
import { TooltipProvider } from 'reka-ui';
import { defineComponent, h, provide, shallowRef, type Component } from 'vue';
import type { Router } from 'vue-router';
import type { ApiClient } from '../session/api-client.ts';
import { servicesKey, type Services } from '../session/services.ts';
import type { Board } from './board.ts';
import { STARTED_AT } from './example.ts';
import { fakeLive, type FakeLive } from './live.fake.ts';
import { liveKey } from './live.ts';
import { nowKey } from './now.ts';

/** What stands around a component in a test. */
interface Surroundings {
  readonly props?: Record<string, unknown>;
  readonly board?: Board;
  /** By the server's clock. */
  readonly now?: number;
  /** The answers of the API; what is not here is not asked. */
  readonly api?: Partial<ApiClient>;
  /** Without one, links are drawn and lead nowhere. */
  readonly router?: Router;
  /** Provides what the page's root provides besides. */
  readonly provides?: (live: FakeLive) => void;
}

interface Mounted {
  readonly page: VueWrapper;
  readonly live: FakeLive;
  readonly setProps: (next: Record<string, unknown>) => Promise<void>;
}

const open: VueWrapper[] = [];

/** Draws a component as the signed-in page would, until the end of the test. */
export function mounted(component: Component, surroundings: Surroundings = {}): Mounted {
  const { props = {}, board, now = STARTED_AT, api = {}, router, provides } = surroundings;
  const live = fakeLive(board);
  const current = shallowRef(props);
  const root = defineComponent({
    setup() {
      provide(liveKey, live);
      provide(nowKey, shallowRef(now));
      provide(servicesKey, { api } as Services);
      provides?.(live);
      return () => h(TooltipProvider, () => h(component, current.value));
    },
  });
  const page = mount(root, {
    attachTo: document.body,
    global: router ? { plugins: [router] } : { stubs: { RouterLink: RouterLinkStub } },
  });
  open.push(page);
  return {
    page,
    live,
    async setProps(next) {
      current.value = { ...current.value, ...next };
      await page.vm.$nextTick();
    },
  };
}

// The layout that jsdom does not do: nothing ever changes its size.
globalThis.ResizeObserver = class {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
};

// Every browser that the page is built for has it, and Node from 21 on.
if (!('groupBy' in Map))
  Object.assign(Map, {
    groupBy<K, T>(items: Iterable<T>, keyOf: (item: T) => K): Map<K, T[]> {
      const groups = new Map<K, T[]>();
      for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
      return groups;
    },
  });

afterEach(() => {
  for (const page of open.splice(0)) page.unmount();
});
