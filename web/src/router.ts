import { createRouter, createWebHistory, type Router } from 'vue-router';
import CallPage from './pages/CallPage.vue';
import LivePage from './pages/LivePage.vue';
import SignedInPage from './pages/SignedInPage.vue';
import SignInPage from './pages/SignInPage.vue';

/** @param isSignedIn whether anything but the sign-in page may be shown */
export function createPages(isSignedIn: () => boolean): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: '/sign-in', name: 'sign-in', component: SignInPage },
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
        ],
      },
      { path: '/:unknown(.*)', redirect: { name: 'live' } },
    ],
  });
  router.beforeEach((to) =>
    to.name === 'sign-in' || isSignedIn() ? true : { name: 'sign-in', query: { next: to.fullPath } },
  );
  return router;
}
