import { createRouter, createWebHistory, type Router } from 'vue-router';
import { RETURN_PATH, SIGN_IN_PATH } from '../session/sign-in-paths.ts';
import SignInPage from '../session/SignInPage.vue';
import { pageRoutes } from './pages.ts';
import SignedInPage from './SignedInPage.vue';

/** @param isSignedIn whether anything but the sign-in page may be shown */
export function createPageRouter(isSignedIn: () => boolean): Router {
  const router = createRouter({
    history: createWebHistory(),
    routes: [
      { path: SIGN_IN_PATH, name: 'sign-in', component: SignInPage },
      { path: RETURN_PATH, name: 'signed-in', component: SignInPage },
      { path: '/', component: SignedInPage, children: pageRoutes },
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
