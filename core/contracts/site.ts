import { z } from 'zod';

/** `/config.json` of the site: the addresses that the page uses. */
export const siteConfigSchema = z.object({
  apiUrl: z.url(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  /** Cognito's endpoint; another one only for a local AWS endpoint. */
  cognitoUrl: z.url(),
  /** Cognito's managed login (authorization code with PKCE); without it, the page has a sign-in form of its own. */
  managedLoginUrl: z.url().optional(),
});
export type SiteConfig = z.infer<typeof siteConfigSchema>;
