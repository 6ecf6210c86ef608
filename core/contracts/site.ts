import { z } from 'zod';

/** `/config.json` of the site: where the page finds its doors. */
export const siteConfigSchema = z.object({
  apiUrl: z.url(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  /** Cognito's endpoint; another one only for a local AWS endpoint. */
  cognitoUrl: z.url(),
  /** Where people sign in by Cognito's managed login (authorization code with PKCE); without it, by a form of the page. */
  managedLoginUrl: z.url().optional(),
});
export type SiteConfig = z.infer<typeof siteConfigSchema>;
