import { z } from 'zod';
import type { Level } from '#core/alert.ts';
import { optionalText } from '../../env.ts';
import type { Notice } from '../notice.ts';
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
/** Slack's limits, in characters. */
const HEADER_LENGTH = 150;
const SECTION_LENGTH = 3000;
const CONTEXT_LENGTH = 2000;
const BUTTON_LENGTH = 75;

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

/**
 * A notice as Block Kit; `text` is what a notification on a phone shows. All of it is plain text: in Slack's own markup,
 * what callers say could become a mention, a link or a layout.
 */
export function blocksOf({ level, title, reasons, words, facts, link, linkText }: Notice) {
  const heading = `${marks[level]} ${title}`;
  const context = facts.map(([label, value]) => plainText(`${label}: ${value}`, CONTEXT_LENGTH));
  return {
    text: escaped(heading, SECTION_LENGTH),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plainText(heading, HEADER_LENGTH) },
      { type: 'section', text: plainText(reasons.map((reason) => `• ${reason}`).join('\n'), SECTION_LENGTH) },
      ...(words ? [{ type: 'section', text: plainText(`“${words}”`, SECTION_LENGTH) }] : []),
      ...(context.length > 0 ? [{ type: 'context', elements: context }] : []),
      {
        type: 'actions',
        elements: [{ type: 'button', text: plainText(linkText, BUTTON_LENGTH), url: link, style: 'primary' }],
      },
    ],
  };
}

function plainText(text: string, length: number) {
  return { type: 'plain_text', emoji: false, text: escaped(text, length) };
}

/** Slack reads these as the beginning of its control sequences, in plain text too. */
const entities = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

/** The text for Slack, in at most so many characters; no entity is cut. */
function escaped(text: string, length: number): string {
  let kept = '';
  for (const character of text) {
    const written = entities.get(character) ?? character;
    if (kept.length + written.length > length) break;
    kept += written;
  }
  return kept;
}
