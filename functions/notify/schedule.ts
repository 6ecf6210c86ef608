import { ConflictException, CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Check an alert again. */
export const reminderSchema = z.object({ callId: z.string(), alertId: z.string() });
export type Reminder = z.infer<typeof reminderSchema>;

/** Send the summary that is due at an instant, of what was held back in so many minutes. */
export const summarySchema = z.object({ dueAt: z.int(), windowMinutes: z.int() });
export type Summary = z.infer<typeof summarySchema>;

/** The schedule group of reminders and summaries, and the function that sends them. */
export interface ScheduleTarget {
  readonly groupName: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly deadLetterArn: string;
}

/** Schedules a check of an alert at an instant (epoch ms). Idempotent: only the first call for an alert counts. */
export async function remindAt(
  at: number,
  { callId, alertId }: Reminder,
  target: ScheduleTarget,
  client: SchedulerClient,
): Promise<void> {
  await invokeAt(at, { callId, alertId }, `${callId} ${alertId}`, target, client);
}

/** Schedules a summary. Idempotent. */
export async function summarize(summary: Summary, target: ScheduleTarget, client: SchedulerClient): Promise<void> {
  await invokeAt(summary.dueAt, summary, `summary ${summary.dueAt} ${summary.windowMinutes}`, target, client);
}

/** @param key two schedules with one key are one */
async function invokeAt(
  at: number,
  input: Reminder | Summary,
  key: string,
  target: ScheduleTarget,
  client: SchedulerClient,
): Promise<void> {
  try {
    await client.send(
      new CreateScheduleCommand({
        GroupName: target.groupName,
        // Names of schedules are short and allow few characters.
        Name: createHash('sha256').update(key).digest('hex').slice(0, 40),
        ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: target.functionArn,
          RoleArn: target.roleArn,
          Input: JSON.stringify(input),
          DeadLetterConfig: { Arn: target.deadLetterArn },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}
