import { SendEmailCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { z } from 'zod';
import type { Level } from '#core/alert.ts';
import { optionalText } from '../../env.ts';
import { textOf, type Notice } from '../notice.ts';
import { notifierKind, type Notifier } from '../notifier.ts';

const colours: Record<Level, string> = { warning: '#8a5a00', urgent: '#b34000', critical: '#c01f2e' };

/** Used if a sender and at least one address are set. */
export const email = notifierKind({
  settings: z.object({
    EMAIL_FROM: optionalText,
    /** Addresses, separated by commas. */
    EMAIL_TO: z.string().transform((list) => list.split(',').filter(Boolean)),
  }),
  open: ({ EMAIL_FROM: from, EMAIL_TO: to }) =>
    from === undefined || to.length === 0 ? undefined : emailNotifier(new SESv2Client(), from, to),
});

/** HTML e-mail through SES; the addresses do not see each other. */
export function emailNotifier(client: SESv2Client, from: string, to: readonly string[]): Notifier {
  return {
    name: 'email',
    async send(notice) {
      const utf8 = (Data: string) => ({ Data, Charset: 'UTF-8' });
      await client.send(
        new SendEmailCommand({
          FromEmailAddress: from,
          Destination: { BccAddresses: [...to] },
          Content: {
            Simple: {
              Subject: utf8(`Earshot ${notice.title}`),
              Body: { Html: utf8(htmlOf(notice)), Text: utf8(textOf(notice)) },
            },
          },
        }),
      );
    },
  };
}

/** A notice as HTML for mail programs: tables and inline styles. */
export function htmlOf({ level, title, reasons, words, facts, link, linkText }: Notice): string {
  const rows = facts.map(
    ([label, value]) =>
      `<tr><td style="padding:2px 16px 2px 0;color:#55616f">${escaped(label)}</td><td>${escaped(value)}</td></tr>`,
  );
  return [
    '<!doctype html><html lang="en"><body style="font:16px/24px sans-serif;color:#18202a;max-width:600px">',
    `<h1 style="font-size:20px;color:${colours[level]}">${escaped(title)}</h1>`,
    `<ul>${reasons.map((reason) => `<li>${escaped(reason)}</li>`).join('')}</ul>`,
    words &&
      `<blockquote style="margin:16px 0;padding-left:12px;border-left:3px solid ${colours[level]}">${escaped(words)}</blockquote>`,
    `<table style="border-collapse:collapse">${rows.join('')}</table>`,
    `<p><a href="${escaped(link)}" style="color:#0b5fcc">${escaped(linkText)}</a></p>`,
    '</body></html>',
  ]
    .filter(Boolean)
    .join('\n');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
