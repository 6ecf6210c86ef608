import { count } from '../ui/messages.ts';

interface Counted {
  readonly calls: number;
  readonly callsBefore: number;
}

/** Of fewer calls a percentage says nothing. */
const LEAST_FOR_SHARE = 5;

/** Words of the topics' page. */
export const topicMessages = {
  title: 'Topics',
  lead: 'What callers talk about, found by their own words: phrases of two calls or more. The calls behind a phrase are one click away.',
  calls: (calls: number, before: number, days: number) =>
    `${count(calls, 'call', 'calls')}; ${String(before)} in the ${count(days, 'day', 'days')} before.`,
  none: 'No phrase was said in two calls of these days.',
  topic: 'Topic',
  inCalls: 'Calls',
  before: 'Before',
  changed: 'Change of its share',
  /** Of all calls, so that a busy week alone is no change. */
  change: (topic: Counted, all: Counted) => {
    if (topic.callsBefore === 0) return all.callsBefore === 0 ? '' : 'new';
    if (topic.callsBefore < LEAST_FOR_SHARE && topic.calls < LEAST_FOR_SHARE) return 'too few calls';
    const [now, then] = [topic.calls / all.calls, topic.callsBefore / all.callsBefore];
    const percent = Math.round(100 * (now / then - 1));
    if (percent === 0) return 'as before';
    return percent > 0 ? `+${String(percent)} %` : `−${String(-percent)} %`;
  },
} as const;
