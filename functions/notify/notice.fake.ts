import { exampleAlert } from '#core/call/example-call.ts';
import { noticeOf } from './notice.ts';

/** The notice of a warning on the call of agent 7. */
export const exampleNotice = noticeOf(
  exampleAlert,
  { relayId: 'r', metadata: { agent: { id: '7' } } },
  { siteUrl: 'https://e.example', isReminder: false },
);
