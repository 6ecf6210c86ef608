import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { z } from 'zod';
import { alertRaisedSchema } from '#core/contracts/events.ts';
import type { Alert } from '#core/alert.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { RelayConnections, sendToRelay } from '../adapters/relay-connections.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { openTable } from '../adapters/table.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv, readSettings } from '../env.ts';
import { log } from '../telemetry.ts';
import { openNotifiers } from './channels/registry.ts';
import { remindAt } from './escalation.ts';
import { noticeOf } from './notice.ts';
import { notify } from './notify.ts';
import { onceInTable } from './once.ts';

const POST_TIMEOUT_MS = 2000;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'SITE_URL', 'CALLBACK_URL');
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const alerts = new AlertTable(table);
const settings = new SettingsTable(table);
const relayDependencies = {
  relayConnections: new RelayConnections(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
};
const dynamodb = new DynamoDBClient();
const secrets = new SecretsManagerClient();

const notifiers = openNotifiers(readSettings, {
  settings: async () => settings.load(),
  sendToRelay: async (relayId, command) => sendToRelay(relayId, command, relayDependencies),
  secret: async (name) => {
    const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
    return SecretString ?? '';
  },
  now: Date.now,
});

let scheduler: SchedulerClient | undefined;

/** Notifies people of a new alert, and schedules a reminder of a critical one. */
export async function notifyOfAlert(
  { detail }: EventBridgeEvent<'AlertRaised', unknown>,
  context: Context,
): Promise<void> {
  const { alert } = alertRaisedSchema.parse(detail);
  if (alert.level === 'critical') {
    const { ESCALATE_AFTER_MINUTES, REMINDERS } = readEnv('ESCALATE_AFTER_MINUTES', 'REMINDERS');
    scheduler ??= new SchedulerClient();
    await remindAt(Date.now() + ESCALATE_AFTER_MINUTES * 60_000, alert, REMINDERS, scheduler);
  }
  await send(alert, false, context);
}

const reminderSchema = z.object({ callId: z.string(), alertId: z.string() });

/** Notifies people again of an alert that nobody has acknowledged. */
export async function remind(event: unknown, context: Context): Promise<void> {
  const { callId, alertId } = reminderSchema.parse(event);
  const alert = await alerts.load(callId, alertId);
  if (alert?.state !== 'open') {
    log.info('alert was acknowledged', { callId, alertId });
    return;
  }
  await send(alert, true, context);
}

async function send(alert: Alert, isReminder: boolean, context: Context): Promise<void> {
  const { callId, alertId } = alert;
  const call = await calls.load(callId);
  const notice = noticeOf(alert, call, { siteUrl: env.SITE_URL, isReminder });
  const once = onceInTable(env.TABLE_NAME, context, dynamodb);
  await notify(`${callId}#${alertId}${isReminder ? '#reminder' : ''}`, notice, notifiers, once);
  log.info('people notified', { callId, alertId, isReminder, notifiers: notifiers.map(({ name }) => name) });
}
