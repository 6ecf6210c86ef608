import './no-eval.ts';
import { createApp } from 'vue';
import type { SiteConfig } from '#core/contracts/site.ts';
import App from './shell/App.vue';
import { createApiClient } from './session/api-client.ts';
import { createCognito } from './session/cognito.ts';
import type { ManagedLogin } from './session/managed-login.ts';
import { createSession } from './session/session.ts';
import { loadSiteConfig } from './session/site-config.ts';
import { servicesKey } from './session/services.ts';
import { startTheme } from './ui/theme.ts';
import StartFailedPage from './shell/StartFailedPage.vue';
import { createPageRouter } from './shell/router.ts';
import './ui/tokens.css';
import './ui/base.css';
import './ui/print.css';

startTheme();

const browserFetch: typeof fetch = (...request) => fetch(...request);

async function start(config: SiteConfig): Promise<void> {
  const cognito = createCognito(config, browserFetch);
  const managedLogin = await managedLoginOf(config);
  const session = createSession(managedLogin ?? cognito, sessionStorage, () => Date.now());
  const api = createApiClient(config.apiUrl, (options) => session.idToken(options), browserFetch);
  createApp(App)
    .provide(servicesKey, { api, cognito, managedLogin, session })
    .use(createPageRouter(() => session.person() !== undefined))
    .mount('#app');
}

async function managedLoginOf(config: SiteConfig): Promise<ManagedLogin | undefined> {
  const { managedLoginUrl: loginUrl } = config;
  if (!loginUrl) return undefined;
  const { createManagedLogin } = await import('./session/managed-login.ts');
  return createManagedLogin(config, { loginUrl, siteUrl: location.origin }, sessionStorage, browserFetch);
}

loadSiteConfig(browserFetch)
  .then(start)
  .catch((error: unknown) => {
    createApp(StartFailedPage, { detail: String(error) }).mount('#app');
  });
