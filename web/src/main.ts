import './no-eval.ts';
import { createApp } from 'vue';
import type { SiteConfig } from '#core/contracts/site.ts';
import App from './App.vue';
import { createApiClient } from './api/client.ts';
import { createCognito } from './api/cognito.ts';
import { createManagedLogin } from './api/managed-login.ts';
import { createSession } from './api/session.ts';
import { loadSiteConfig } from './api/site-config.ts';
import { servicesKey } from './composables/services.ts';
import { startTheme } from './composables/theme.ts';
import StartFailedPage from './pages/StartFailedPage.vue';
import { createPages } from './router.ts';
import './styles/tokens.css';
import './styles/base.css';

startTheme();

const browserFetch: typeof fetch = (...request) => fetch(...request);

function start(config: SiteConfig): void {
  const cognito = createCognito(config, browserFetch);
  const { managedLoginUrl: loginUrl, userPoolClientId: clientId } = config;
  const managedLogin = loginUrl
    ? createManagedLogin({ loginUrl, clientId, siteUrl: location.origin }, sessionStorage, browserFetch)
    : undefined;
  const session = createSession(managedLogin ?? cognito, sessionStorage, () => Date.now());
  const api = createApiClient(config.apiUrl, (options) => session.idToken(options), browserFetch);
  createApp(App)
    .provide(servicesKey, { api, cognito, managedLogin, session })
    .use(createPages(() => session.person() !== undefined))
    .mount('#app');
}

loadSiteConfig(browserFetch).then(start, (error: unknown) => {
  createApp(StartFailedPage, { detail: String(error) }).mount('#app');
});
