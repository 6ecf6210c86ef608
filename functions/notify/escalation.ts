import { ConflictException, CreateScheduleCommand, type SchedulerClient } from '@aws-sdk/client-scheduler';
import { createHash } from 'node:crypto';

/** Which alert is to be looked at again. */
export interface Reminder {
  readonly callId: string;
  readonly alertId: string;
}

/** Where reminders are scheduled, and what runs them. */
export interface ReminderTarget {
  readonly groupName: string;
  readonly functionArn: string;
  readonly roleArn: string;
  readonly deadLetterArn: string;
}

/** Has an alert looked at again at an instant (epoch ms), once; asking again changes nothing. */
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
        // Names are short and take no `#`.
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
