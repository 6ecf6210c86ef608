import { siteConfigSchema, type SiteConfig } from '#core/contracts/site.ts';
import { ApiError, errorOf } from './api-error.ts';

/**
 * Reads where the page finds its doors.
 * @throws {ApiError} when the file is missing or is not what it should be
 */
export async function loadSiteConfig(fetch: typeof globalThis.fetch): Promise<SiteConfig> {
  const response = await fetch('/config.json', { cache: 'no-store' }).catch((cause: unknown) => {
    throw new ApiError('network', 'No answer', { cause });
  });
  if (!response.ok) throw await errorOf(response);
  const body: unknown = await response.json().catch(() => undefined);
  const config = siteConfigSchema.safeParse(body);
  if (!config.success) throw new ApiError('misunderstood', config.error.issues.map(({ path }) => path).join(', '));
  return config.data;
}
