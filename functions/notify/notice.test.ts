import { exampleAlert } from '#core/call/example-call.ts';
import { htmlOf } from './channels/email.ts';
import { blocksOf } from './channels/slack.ts';
import { subjectOf } from './channels/sns.ts';
import { noticeOf, textOf } from './notice.ts';

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
      isReminder: false,
      isImmediate: true,
      callId: alert.callId,
      alertId: alert.alertId,
      raisedAt: alert.raisedAt,
      relayId: 'berlin-1',
      sentence: 'Earshot: critical alert on the call of Zoë Z, campaign SALES. Rule: Refund.',
    });
  });

  it('names the call where the agent is unknown, and says that nobody has taken it', () => {
    const { title } = noticeOf(alert, undefined, { siteUrl: 'https://earshot.example', isReminder: true });
    expect(title).toBe(`CRITICAL, nobody has taken it: call ${alert.callId}`);
  });

  it('lets no caller write markup into Slack or e-mail', () => {
    const slack = JSON.stringify(blocksOf(notice));
    expect(slack).toContain('> a &lt;b&gt;refund&lt;/b&gt; &amp; &lt;!channel&gt; now');
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
});
