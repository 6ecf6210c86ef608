import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { z } from 'zod';
import { alertRaisedSchema } from '#core/contracts/events.ts';
import type { Alert } from '#core/alert.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { RelayConnections, tellRelay } from '../adapters/relay-connections.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { openTable } from '../adapters/table.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv } from '../env.ts';
import { log } from '../telemetry.ts';
import { emailChannel } from './channels/email.ts';
import { ringChannel } from './channels/ring.ts';
import { slackChannel } from './channels/slack.ts';
import { snsChannel } from './channels/sns.ts';
import { remindAt } from './escalation.ts';
import { noticeOf, type Channel } from './notice.ts';
import { notify } from './notify.ts';
import { onceInTable } from './once.ts';

const POST_TIMEOUT_MS = 2000;

const env = readEnv(
  ...([
    'TABLE_NAME',
    'RETENTION_DAYS',
    'SITE_URL',
    'ALERT_TOPIC_ARNS',
    'SLACK_SECRET',
    'EMAIL_FROM',
    'EMAIL_TO',
    'CALLBACK_URL',
  ] as const),
);
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const alerts = new AlertTable(table);
const settings = new SettingsTable(table);
const relayPeers = {
  relayConnections: new RelayConnections(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
};
const dynamodb = new DynamoDBClient();
const secrets = new SecretsManagerClient();

/** Every way to tell people that this deployment has. */
const channels: readonly Channel[] = [
  ringChannel({
    settings: async () => settings.load(),
    tellRelay: async (relayId, command) => tellRelay(relayId, command, relayPeers),
    now: Date.now,
  }),
  snsChannel(new SNSClient(), env.ALERT_TOPIC_ARNS),
  ...(env.SLACK_SECRET === undefined ? [] : [slackChannel(async () => secretOf(env.SLACK_SECRET ?? ''))]),
  ...(env.EMAIL_FROM === undefined || env.EMAIL_TO.length === 0
    ? []
    : [emailChannel(new SESv2Client(), env.EMAIL_FROM, env.EMAIL_TO)]),
];

async function secretOf(name: string): Promise<string> {
  const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: name }));
  return z.url().parse(SecretString?.trim());
}

let scheduler: SchedulerClient | undefined;

/** Tells people of an alert as it is raised, and has a critical one looked at again. */
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
  await tell(alert, false, context);
}

const reminderSchema = z.object({ callId: z.string(), alertId: z.string() });

/** Tells people again of an alert that nobody has taken. */
export async function remind(event: unknown, context: Context): Promise<void> {
  const { callId, alertId } = reminderSchema.parse(event);
  const alert = await alerts.load(callId, alertId);
  if (alert?.state !== 'open') {
    log.info('alert was taken', { callId, alertId });
    return;
  }
  await tell(alert, true, context);
}

async function tell(alert: Alert, isReminder: boolean, context: Context): Promise<void> {
  const { callId, alertId } = alert;
  const call = await calls.load(callId);
  const notice = noticeOf(alert, call, { siteUrl: env.SITE_URL, isReminder });
  const once = onceInTable(env.TABLE_NAME, context, dynamodb);
  await notify(`${callId}#${alertId}${isReminder ? '#reminder' : ''}`, notice, channels, once);
  log.info('people told', { callId, alertId, isReminder, channels: channels.map(({ name }) => name) });
}
