import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns';
import type { Level } from '#core/alert.ts';
import type { Channel, Notice } from '../notice.ts';

/** SNS cuts subjects of e-mails there, and refuses longer ones. */
const SUBJECT_LENGTH = 100;

/** A topic for each level: people subscribe by e-mail, SMS or HTTPS to those that they want to hear of. */
export function snsChannel(client: SNSClient, topicArns: Readonly<Record<Level, string>>): Channel {
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

/** SNS takes printable ASCII only. */
export function subjectOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .slice(0, SUBJECT_LENGTH);
}

/** A notice as plain text. */
export function textOf({ title, reasons, words, facts, link }: Notice): string {
  return [
    title,
    ...reasons.map((reason) => `- ${reason}`),
    ...(words ? [`"${words}"`] : []),
    ...facts.map(([label, value]) => `${label}: ${value}`),
    link,
  ].join('\n');
}
