import { ConflictException, CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { createHash } from 'node:crypto';

/** The alert to check again. */
export interface Reminder {
  readonly callId: string;
  readonly alertId: string;
}

/** The schedule group of reminders, and the function that sends them. */
export interface ReminderTarget {
  readonly groupName: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly deadLetterArn: string;
}

/** Schedules a check of an alert at an instant (epoch ms). Idempotent: only the first call for an alert counts. */
export async function remindAt(
  at: number,
  reminder: Reminder,
  target: ReminderTarget,
  client: SchedulerClient,
): Promise<void> {
  const { callId, alertId } = reminder;
  try {
    await client.send(
      new CreateScheduleCommand({
        GroupName: target.groupName,
        // Names of schedules are short and allow few characters.
        Name: createHash('sha256').update(`${callId} ${alertId}`).digest('hex').slice(0, 40),
        ScheduleExpression: `at(${new Date(at).toISOString().slice(0, 19)})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ActionAfterCompletion: 'DELETE',
        Target: {
          Arn: target.functionArn,
          RoleArn: target.roleArn,
          Input: JSON.stringify(reminder),
          DeadLetterConfig: { Arn: target.deadLetterArn },
        },
      }),
    );
  } catch (error) {
    if (!(error instanceof ConflictException)) throw error;
  }
}
