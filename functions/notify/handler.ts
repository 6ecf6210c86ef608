import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context, EventBridgeEvent } from 'aws-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { alertRaisedSchema } from '#core/contracts/events.ts';
import type { Alert } from '#core/alert.ts';
import { AlertTable } from '../adapters/alert-table.ts';
import { CallTable } from '../adapters/call-table.ts';
import { HeldNoticeTable } from '../adapters/held-notice-table.ts';
import { RelayConnections, sendToRelay } from '../adapters/relay-connections.ts';
import { SentNotices } from '../adapters/sent-notices.ts';
import { secretReader } from '../adapters/secret-reader.ts';
import { SettingsTable } from '../adapters/settings-table.ts';
import { openTable } from '../adapters/table.ts';
import { WebSocketApi } from '../adapters/web-socket.ts';
import { readEnv, readSettings } from '../env.ts';
import { log } from '../telemetry.ts';
import { openNotifiers } from './channels/registry.ts';
import { mayNotify, summaryNotices } from './limited.ts';
import { noticeOf } from './notice.ts';
import { notify } from './notify.ts';
import { onceInTable } from './once.ts';
import { remindAt, reminderSchema, summarize, summarySchema } from './schedule.ts';

const POST_TIMEOUT_MS = 2000;
const PAUSE_STEP_MS = 20;
const LONGEST_PAUSE_MS = 200;

const env = readEnv('TABLE_NAME', 'RETENTION_DAYS', 'SITE_URL', 'CALLBACK_URL');
const table = openTable(env.TABLE_NAME);
const calls = new CallTable(table, env.RETENTION_DAYS);
const alerts = new AlertTable(table);
const settings = new SettingsTable(table);
const sentNotices = new SentNotices(table, async (attempt) =>
  sleep(Math.random() * Math.min(PAUSE_STEP_MS * attempt, LONGEST_PAUSE_MS)),
);
const heldNotices = new HeldNoticeTable(table);
const relayDependencies = {
  relayConnections: new RelayConnections(table),
  webSocket: new WebSocketApi(env.CALLBACK_URL, POST_TIMEOUT_MS),
};
const dynamodb = new DynamoDBClient();

const notifiers = openNotifiers(readSettings, {
  settings: async () => settings.load(),
  sendToRelay: async (relayId, command) => sendToRelay(relayId, command, relayDependencies),
  secret: secretReader(new SecretsManagerClient()),
  now: Date.now,
});

let scheduler: SchedulerClient | undefined;
/** The summary that this instance of the function scheduled last. */
let scheduled: number | undefined;

/** Notifies people of a new alert as far as the limits allow, and schedules a reminder of a critical one. */
export async function notifyOfAlert(
  { detail }: EventBridgeEvent<'AlertRaised', unknown>,
  context: Context,
): Promise<void> {
  const { alert } = alertRaisedSchema.parse(detail);
  const { callId, alertId } = alert;
  const { ESCALATE_AFTER_MINUTES, SCHEDULES } = readEnv('ESCALATE_AFTER_MINUTES', 'SCHEDULES');
  const client = (scheduler ??= new SchedulerClient());
  const once = onceInTable(env.TABLE_NAME, context, dynamodb);
  const isAdmitted = await once(`${callId}#${alertId}#admitted`, async () =>
    mayNotify(alert, {
      sentNotices,
      heldNotices,
      limits: async () => settings.noticeLimits(),
      schedule: async (summary) => {
        if (scheduled === summary.dueAt) return;
        await summarize(summary, SCHEDULES, client);
        scheduled = summary.dueAt;
      },
      now: Date.now,
    }),
  );
  if (!isAdmitted) return;
  if (alert.level === 'critical') {
    await remindAt(Date.now() + ESCALATE_AFTER_MINUTES * 60_000, alert, SCHEDULES, client);
  }
  await send(alert, false, context);
}

/** Does what was scheduled: reminds people of an alert that nobody has acknowledged, or sends a summary. */
export async function runScheduled(event: unknown, context: Context): Promise<void> {
  const scheduledFor = z.union([reminderSchema, summarySchema]).parse(event);
  if ('alertId' in scheduledFor) await remind(scheduledFor.callId, scheduledFor.alertId, context);
  else await sendSummary(scheduledFor.dueAt, scheduledFor.windowMinutes, context);
}

async function remind(callId: string, alertId: string, context: Context): Promise<void> {
  const alert = await alerts.load(callId, alertId);
  if (alert?.state !== 'open') {
    log.info('alert was acknowledged', { callId, alertId });
    return;
  }
  await send(alert, true, context);
}

async function sendSummary(dueAt: number, windowMinutes: number, context: Context): Promise<void> {
  const once = onceInTable(env.TABLE_NAME, context, dynamodb);
  const notices = summaryNotices(await heldNotices.of(dueAt), { siteUrl: env.SITE_URL, windowMinutes });
  for (const notice of notices) await notify(`summary#${dueAt}#${notice.level}`, notice, notifiers, once);
  log.info('summary sent', { dueAt, levels: notices.map(({ level }) => level) });
}

async function send(alert: Alert, isReminder: boolean, context: Context): Promise<void> {
  const { callId, alertId } = alert;
  const call = await calls.load(callId);
  const notice = noticeOf(alert, call, { siteUrl: env.SITE_URL, isReminder });
  const once = onceInTable(env.TABLE_NAME, context, dynamodb);
  await notify(`${callId}#${alertId}${isReminder ? '#reminder' : ''}`, notice, notifiers, once);
  log.info('people notified', { callId, alertId, isReminder, notifiers: notifiers.map(({ name }) => name) });
}
