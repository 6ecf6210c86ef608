import fc from 'fast-check';
import { exampleAlert } from '#core/call/example-call.ts';
import { hostileText } from '#core/text/hostile-text.ts';
import { htmlOf } from './channels/email.ts';
import { blocksOf } from './channels/slack.ts';
import { subjectOf } from './channels/sns.ts';
import { noticeOf, summaryNoticeOf, textOf } from './notice.ts';

const alert = { ...exampleAlert, level: 'critical' as const, text: 'a <b>refund</b> & <!channel> now', atMs: 65_000 };
const metadata = { agent: { id: '7', name: 'Zoë "Z"' }, caller: { number: '+4930' }, campaign: 'SALES' };
const notice = noticeOf(
  alert,
  { relayId: 'berlin-1', metadata },
  { siteUrl: 'https://earshot.example/', isReminder: false },
);

describe('a notice', () => {
  it('has the level, the agent, the reasons, what was said, and the link', () => {
    expect(notice).toEqual({
      level: 'critical',
      title: 'CRITICAL: Zoë "Z"',
      reasons: ['Refund (rule v1): said “refund”'],
      words: alert.text,
      facts: [
        ['Agent', 'Zoë "Z"'],
        ['Caller', '+4930'],
        ['Campaign', 'SALES'],
        ['At', '01:05'],
      ],
      link: `https://earshot.example/calls/${alert.callId}`,
      linkText: 'Open the call',
      alert: {
        callId: alert.callId,
        alertId: alert.alertId,
        isReminder: false,
        isImmediate: true,
        raisedAt: alert.raisedAt,
        relayId: 'berlin-1',
        sentence: 'Earshot: critical alert on the call of Zoë Z, campaign SALES. Rule: Refund.',
      },
    });
  });

  it('names the call where the agent is unknown, and says that nobody has taken it', () => {
    const { title } = noticeOf(alert, undefined, { siteUrl: 'https://earshot.example', isReminder: true });
    expect(title).toBe(`CRITICAL, nobody has taken it: call ${alert.callId}`);
  });

  it('lets no caller write markup into Slack or e-mail', () => {
    const slack = JSON.stringify(blocksOf(notice));
    expect(slack).toContain('“a &lt;b&gt;refund&lt;/b&gt; &amp; &lt;!channel&gt; now');
    expect(slack).not.toContain('<!channel>');
    const html = htmlOf(notice);
    expect(html).toContain('a &lt;b&gt;refund');
    expect(html).toContain('Zoë &quot;Z&quot;');
    expect(html).not.toContain('<b>');
  });

  it('keeps to the limits of each notifier', () => {
    const long = { ...notice, title: 'ü'.repeat(300), words: 'w'.repeat(10_000) };
    const [header, , words] = blocksOf(long).blocks as { text: { text: string } }[];
    expect(header?.text.text.length).toBeLessThanOrEqual(150);
    expect(words?.text.text.length).toBeLessThanOrEqual(3000);
    expect(subjectOf(notice.title)).toBe('CRITICAL: Zoe "Z"');
    expect(subjectOf(long.title)).toBe('u'.repeat(100));
    expect(textOf(notice)).toContain(notice.link);
  });

  /** A notice whose every text from outside is hostile, as each notifier sends it. */
  const hostile = fc
    .record({ said: hostileText, agent: hostileText, caller: hostileText, campaign: hostileText, rule: hostileText })
    .map(({ said, agent, caller, campaign, rule }) =>
      noticeOf(
        {
          ...alert,
          text: said,
          reasons: alert.reasons.map((reason) => ({ ...reason, ruleName: rule, explanation: `said “${said}”` })),
        },
        { relayId: 'r', metadata: { agent: { id: '7', name: agent }, caller: { name: caller }, campaign } },
        { siteUrl: 'https://earshot.example', isReminder: false },
      ),
    );
  /** A text without the marks of isolates that are closed, or that its end closes. */
  const unmarked = (text: string) => text.replace(/\u2068([^\u2066-\u2069\n]*)(\u2069|$)/gu, '$1');
  const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

  it('says in Slack what was said, as plain text that is neither markup nor a mention', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        const sent = JSON.parse(JSON.stringify(blocksOf(given))) as Record<string, unknown>;
        const texts: string[] = [];
        JSON.stringify(sent, (key, value: unknown) => {
          if (key === 'type') expect(value).not.toBe('mrkdwn');
          if (key === 'text' && typeof value === 'string') texts.push(value);
          return value;
        });
        expect(sent['mrkdwn']).toBe(false);
        for (const text of texts) {
          expect(text).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/);
          expect(unmarked(text).replaceAll('\n', '')).not.toMatch(controls);
          expect(text.length).toBeLessThanOrEqual(3000);
        }
      }),
    );
  });

  it('isolates names that are written from the right', () => {
    const metadata = { agent: { id: '7', name: 'דנה' }, caller: { name: '\u202eעמית', number: '+97231234567' } };
    const given = noticeOf(
      alert,
      { relayId: 'r', metadata },
      { siteUrl: 'https://earshot.example', isReminder: false },
    );
    expect(given.title).toBe('CRITICAL: \u2068דנה\u2069');
    expect(given.facts).toContainEqual(['Caller', '\u2068עמית\u2069, +97231234567']);
  });

  it('cannot break out of the HTML of an e-mail, nor of its subject', () => {
    const tags = (html: string) =>
      [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/(style|href)="[^"]*"/g, ''));
    const ours = new Set(tags(htmlOf(notice)));
    fc.assert(
      fc.property(hostile, (given) => {
        const html = htmlOf(given);
        expect(tags(html).filter((tag) => !ours.has(tag))).toEqual([]);
        expect(unmarked(html).replaceAll('\n', '')).not.toMatch(controls);
        expect(unmarked(given.title)).not.toMatch(controls);
      }),
    );
  });

  it('has a subject that SNS takes, and a text in which every line is ours', () => {
    fc.assert(
      fc.property(hostile, (given) => {
        expect(subjectOf(given.title)).toMatch(/^[\x21-\x7e]([\x20-\x7e]{0,98}[\x21-\x7e])?$/);
        const lines = textOf(given).split('\n');
        expect(lines).toHaveLength(2 + given.reasons.length + (given.words ? 1 : 0) + given.facts.length);
        for (const line of lines) expect(unmarked(line)).not.toMatch(controls);
      }),
    );
  });

  it('sums up what was held back, by rule', () => {
    const held = { level: 'urgent' as const, byRule: 0, byCall: 0, byFloor: 0 };
    const refund = { ...held, ruleId: 'refund', ruleName: 'Refund <b>', byRule: 36, byCall: 2 };
    const place = { siteUrl: 'https://earshot.example/', windowMinutes: 10 };
    expect(summaryNoticeOf('urgent', [refund], place)).toEqual({
      level: 'urgent',
      title: 'URGENT: 38 more alerts of rule Refund <b> in the last 10 min',
      reasons: ['Refund <b>: 38 more alerts, muted: too many'],
      words: '',
      facts: [],
      link: 'https://earshot.example/alerts',
      linkText: 'Open the alerts',
    });
    const threat = { ...held, ruleId: 'threat', ruleName: 'Threat', byFloor: 1 };
    const both = summaryNoticeOf('urgent', [threat, refund], place);
    expect(both.title).toBe('URGENT: 39 more alerts of 2 rules in the last 10 min');
    expect(both.reasons).toEqual(['Refund <b>: 38 more alerts, muted: too many', 'Threat: 1 more alert']);
    expect(JSON.stringify(blocksOf(both))).toContain('Refund &lt;b&gt;');
  });
});
