import { z } from 'zod';
import type { Level } from '#core/alert.ts';
import { optionalText } from '../../env.ts';
import type { AlertNotice } from '../notice.ts';
import { notifierKind, type Notifier } from '../notifier.ts';

/** Slack rejected a message; `retryable` if a later attempt may succeed. */
export class SlackError extends Error {
  override readonly name = 'SlackError';
  readonly retryable: boolean;

  constructor(status: number) {
    super(`Slack answered with status ${status}.`);
    this.retryable = status === 429 || status >= 500;
  }
}

const SEND_TIMEOUT_MS = 5000;
/** Slack's limits for a header and a section. */
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;

const marks: Record<Level, string> = { warning: '●', urgent: '◆', critical: '▲!' };

/** Used if the secret with the URL of an incoming webhook is named. */
export const slack = notifierKind({
  settings: z.object({ SLACK_SECRET: optionalText }),
  open: ({ SLACK_SECRET: name }, { secret }) =>
    name === undefined ? undefined : slackNotifier(async () => z.url().parse((await secret(name)).trim())),
});

/**
 * An incoming webhook of Slack.
 * @param webhookUrl called for each message, so that a new URL needs no deployment
 */
export function slackNotifier(webhookUrl: () => Promise<string>): Notifier {
  return {
    name: 'slack',
    async send(notice) {
      const response = await fetch(await webhookUrl(), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(blocksOf(notice)),
        signal: AbortSignal.timeout(SEND_TIMEOUT_MS),
      });
      if (!response.ok) throw new SlackError(response.status);
    },
  };
}

/** A notice as Block Kit; `text` is what a notification on a phone shows. */
export function blocksOf({ level, title, reasons, words, facts, link }: AlertNotice) {
  const section = (text: string) => ({
    type: 'section',
    text: { type: 'mrkdwn', text: text.slice(0, SECTION_LENGTH) },
  });
  const heading = `${marks[level]} ${title}`;
  return {
    text: heading,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: heading.slice(0, HEADER_LENGTH) } },
      section(reasons.map((reason) => `• ${escaped(reason)}`).join('\n')),
      ...(words ? [section(`> ${escaped(words)}`)] : []),
      ...(facts.length > 0
        ? [
            {
              type: 'context',
              elements: facts.map(([label, value]) => ({ type: 'mrkdwn', text: `*${label}* ${escaped(value)}` })),
            },
          ]
        : []),
      {
        type: 'actions',
        elements: [
          { type: 'button', text: { type: 'plain_text', text: 'Open the call' }, url: link, style: 'primary' },
        ],
      },
    ],
  };
}

/** Callers' words must not become mentions or links. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
