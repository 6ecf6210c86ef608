import { changesBetween } from '#core/changes.ts';
import { settingsPutSchema, storedSettingsSchema } from '#core/contracts/http/settings.ts';
import { tableOf } from '#core/own-table.ts';
import type { Settings } from '#core/settings.ts';
import { requireAdmin, type Api } from './api.ts';
import type { ApiDependencies } from './dependencies.ts';
import { conflict, json, refusals } from './response.ts';
import { auditedRoute } from './route.ts';

const settingsRoute = auditedRoute(
  { nothing: 'settings are no secret of their admins' },
  {
    method: 'get',
    path: '/settings',
    summary: 'The settings: people’s telephones, and which alerts ring (admins)',
    responses: { 200: json('The settings', storedSettingsSchema), ...refusals },
  },
);

const putRoute = auditedRoute(
  { kind: 'settings' },
  {
    method: 'put',
    path: '/settings',
    summary: 'Saves the settings as their next version (admins)',
    request: { body: { required: true, content: { 'application/json': { schema: settingsPutSchema } } } },
    responses: { 200: json('The settings as stored', storedSettingsSchema), ...refusals, ...conflict },
  },
);

/** The settings of the deployment. */
export function addSettingsRoutes(app: Api, { settings, now }: ApiDependencies): void {
  app.openapi(settingsRoute, async (c) => {
    requireAdmin(c);
    return c.json(await settings.load(), 200);
  });

  app.openapi(putRoute, async (c) => {
    const { person } = requireAdmin(c);
    const before = await settings.load();
    const saved = await settings.put(c.req.valid('json'), person, now());
    c.get('note')({
      what: `Saved the settings as version ${saved.version}.`,
      changes: changesBetween(contentOf(before), contentOf(saved), isNumber),
    });
    return c.json(saved, 200);
  });
}

/** What admins set: each person's telephone by their address, so that one that changes is one change. */
function contentOf({ extensions, ring, notices }: Settings) {
  return {
    telephone: tableOf(extensions.map(({ email, extension }) => [email, extension])),
    ringing: tableOf(Object.entries(ring)),
    notices,
  };
}

/** Telephone numbers do not go into the audit. */
function isNumber(field: string): boolean {
  return field.startsWith('telephone ') || field.endsWith(' extensions');
}
