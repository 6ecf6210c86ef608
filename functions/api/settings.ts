import { createRoute } from '@hono/zod-openapi';
import { settingsPutSchema, storedSettingsSchema } from '#core/contracts/http/settings.ts';
import { requireAdmin, type Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { conflict, json, refusals } from './response.ts';

const settingsRoute = createRoute({
  method: 'get',
  path: '/settings',
  summary: 'The settings: people’s telephones, and which alerts ring (admins)',
  responses: { 200: json('The settings', storedSettingsSchema), ...refusals },
});

const putRoute = createRoute({
  method: 'put',
  path: '/settings',
  summary: 'Saves the settings as their next version (admins)',
  request: { body: { required: true, content: { 'application/json': { schema: settingsPutSchema } } } },
  responses: { 200: json('The settings as stored', storedSettingsSchema), ...refusals, ...conflict },
});

/** The settings of the deployment. */
export function addSettingsRoutes(app: Api, { settings, now }: ApiDependencies): void {
  app.openapi(settingsRoute, async (c) => {
    requireAdmin(c);
    return c.json(await settings.load(), 200);
  });

  app.openapi(putRoute, async (c) => {
    const { person } = requireAdmin(c);
    return c.json(await settings.put(c.req.valid('json'), person, now()), 200);
  });
}
