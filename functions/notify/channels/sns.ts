import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { z } from 'zod';
import type { Level } from '#core/alert.ts';
import { json } from '../../env.ts';
import { textOf } from '../notice.ts';
import { notifierKind, type Notifier } from '../notifier.ts';

/** SNS rejects longer subjects. */
const SUBJECT_LENGTH = 100;

/** Always used: every deployment has a topic for each level. */
export const sns = notifierKind({
  settings: z.object({
    /** JSON: the topic of each level. */
    ALERT_TOPIC_ARNS: json(z.object({ warning: z.string(), urgent: z.string(), critical: z.string() })),
  }),
  open: ({ ALERT_TOPIC_ARNS: topicArns }) => snsNotifier(new SNSClient(), topicArns),
});

/** A topic for each level: people subscribe to the levels that they want, by e-mail, SMS or HTTPS. */
export function snsNotifier(client: SNSClient, topicArns: Readonly<Record<Level, string>>): Notifier {
  return {
    name: 'sns',
    async send(notice) {
      await client.send(
        new PublishCommand({
          TopicArn: topicArns[notice.level],
          Subject: subjectOf(notice.title),
          Message: textOf(notice),
        }),
      );
    },
  };
}

/** SNS accepts only printable ASCII, beginning and ending with no space. */
export function subjectOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .trim()
    .slice(0, SUBJECT_LENGTH)
    .trim();
}
