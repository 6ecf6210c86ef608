import type { RouteComponent, RouteRecordInfo, RouteRecordRaw } from 'vue-router';
import CallPage from '../call/CallPage.vue';
import LivePage from '../floor/LivePage.vue';
import { pageTitles } from './messages.ts';

/** A page that a signed-in person can open. */
interface Page {
  /** Below the page that it stands in, else below the site's root; `:name` is handed to the component as a prop. */
  readonly path: string;
  /** The first screens come with the page itself, all others when they are opened. */
  readonly component: RouteComponent | (() => Promise<RouteComponent>);
  /** The page that stays in sight around it. */
  readonly within?: PageName;
  /** Whose navigation leads to it, in the order of the pages. */
  readonly inNavigationOf?: 'everybody' | 'admins';
  /** Whether it fills the window, without the header. */
  readonly fillsWindow?: true;
  /** What of the address's query the component gets as props, beside the parameters in the path. */
  readonly queryProps?: readonly string[];
}

export type PageName = keyof typeof pageTitles;

/** Every page: its route, its place in the navigation and, by its name, its title follow from here. */
const pages = {
  live: { path: '', component: LivePage, inNavigationOf: 'everybody' },
  call: { path: 'calls/:callId', component: CallPage, within: 'live', queryProps: ['at'] },
  alerts: { path: 'alerts', component: () => import('../alerts/AlertsPage.vue'), inNavigationOf: 'everybody' },
  agents: { path: 'agents', component: () => import('../agents/AgentsPage.vue'), inNavigationOf: 'everybody' },
  agent: { path: 'agents/:agentId', component: () => import('../agents/AgentPage.vue') },
  history: { path: 'history', component: () => import('../history/HistoryPage.vue'), inNavigationOf: 'everybody' },
  topics: { path: 'topics', component: () => import('../topics/TopicsPage.vue'), inNavigationOf: 'everybody' },
  rules: { path: 'rules', component: () => import('../rules/RulesPage.vue'), inNavigationOf: 'admins' },
  rule: { path: ':ruleId', component: () => import('../rules/RulePage.vue'), within: 'rules' },
  system: { path: 'system', component: () => import('../system/SystemPage.vue'), inNavigationOf: 'everybody' },
  settings: { path: 'settings', component: () => import('../settings/SettingsPage.vue'), inNavigationOf: 'admins' },
  audit: { path: 'audit', component: () => import('../audit/AuditPage.vue'), inNavigationOf: 'admins' },
  wallboard: { path: 'wallboard', component: () => import('../floor/WallboardPage.vue'), fillsWindow: true },
} as const satisfies Record<PageName, Page>;

/** The parameters in a path: `{ callId: string }` of `calls/:callId`. */
type ParamsIn<Path extends string> = { [Name in Path extends `${string}:${infer Param}` ? Param : never]: string };

declare module 'vue-router' {
  /** Links to a page that does not exist, or that lack one of its parameters, do not compile. */
  interface TypesConfig {
    RouteNamedMap: {
      [N in PageName]: RouteRecordInfo<
        N,
        (typeof pages)[N]['path'],
        ParamsIn<(typeof pages)[N]['path']>,
        ParamsIn<(typeof pages)[N]['path']>
      >;
    } & {
      [N in 'sign-in' | 'signed-in']: RouteRecordInfo<N>;
    };
  }
}

const pageEntries = Object.entries(pages) as [PageName, Page][];

/** The routes of all pages, those within others as their children. */
export const pageRoutes = routesWithin(undefined);

function routesWithin(parent: PageName | undefined): RouteRecordRaw[] {
  return pageEntries
    .filter(([, { within }]) => within === parent)
    .map(([name, { path, component, queryProps = [] }]) => ({
      name,
      path,
      component,
      props: ({ params, query }) => ({ ...params, ...Object.fromEntries(queryProps.map((of) => [of, query[of]])) }),
      children: routesWithin(name),
    }));
}

/** What the navigation leads to, in order. */
export function navigationOf(isAdmin: boolean): PageName[] {
  return pageEntries
    .filter(([, { inNavigationOf: who }]) => who === 'everybody' || (who === 'admins' && isAdmin))
    .map(([name]) => name);
}

/** The title of a route's page; none while people sign in. */
export function titleOf(route: unknown): string {
  return isPage(route) ? pageTitles[route] : '';
}

/** Whether a route's page fills the window, without the header. */
export function fillsWindow(route: unknown): boolean {
  return isPage(route) && 'fillsWindow' in pages[route];
}

function isPage(route: unknown): route is PageName {
  return typeof route === 'string' && Object.hasOwn(pages, route);
}
