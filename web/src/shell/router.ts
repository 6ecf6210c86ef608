import { createRouter, createWebHistory, type Router } from 'vue-router';
import { RETURN_PATH } from '../session/managed-login.ts';
import CallPage from '../call/CallPage.vue';
import LivePage from '../floor/LivePage.vue';
import SignedInPage from './SignedInPage.vue';
import SignInPage from '../session/SignInPage.vue';

/** @param isSignedIn whether anything but the sign-in page may be shown */
export function createPages(isSignedIn: () => boolean): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/sign-in', name: 'sign-in', component: SignInPage },
      { path: RETURN_PATH, name: 'signed-in', component: SignInPage },
      {
        path: '/',
        component: SignedInPage,
        children: [
          {
            path: '',
            name: 'live',
            component: LivePage,
            children: [{ path: 'calls/:callId', name: 'call', component: CallPage, props: true }],
          },
          { path: 'alerts', name: 'alerts', component: () => import('../alerts/AlertsPage.vue') },
          { path: 'agents', name: 'agents', component: () => import('../agents/AgentsPage.vue') },
          {
            path: 'agents/:agentId',
            name: 'agent',
            component: () => import('../agents/AgentPage.vue'),
            props: true,
          },
          { path: 'history', name: 'history', component: () => import('../history/HistoryPage.vue') },
          {
            path: 'rules',
            name: 'rules',
            component: () => import('../rules/RulesPage.vue'),
            children: [
              { path: ':ruleId', name: 'rule', component: () => import('../rules/RulePage.vue'), props: true },
            ],
          },
          { path: 'settings', name: 'settings', component: () => import('../settings/SettingsPage.vue') },
          { path: 'system', name: 'system', component: () => import('../system/SystemPage.vue') },
          { path: 'wallboard', name: 'wallboard', component: () => import('../floor/WallboardPage.vue') },
        ],
      },
      { path: '/:unknown(.*)', redirect: { name: 'live' } },
    ],
  });
  router.beforeEach((to) =>
    to.name === 'sign-in' || to.name === 'signed-in' || isSignedIn()
      ? true
      : { name: 'sign-in', query: { next: to.fullPath } },
  );
  return router;
}
