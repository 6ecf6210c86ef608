import type { Level } from '#core/alert.ts';
import { isolatedName } from '#core/text/plain-name.ts';
import type { Weekday, WorkingHours } from '#core/working-hours.ts';
import { uiMessages } from '../ui/messages.ts';

/** Words of the settings. */
export const settingsMessages = {
  title: 'Settings',
  adminsOnly: 'Only admins change settings. Ask one of them.',
  telephones: 'Telephones',
  telephonesHint:
    'The extension that rings when somebody listens to a call, whispers or barges in. People whose attribute custom:extension is set in the user pool need no entry.',
  email: 'E-mail',
  extension: 'Extension',
  addPerson: 'Add a person',
  removePerson: (email: string) => `Remove ${email || 'this person'}`,
  ringing: 'Alerts that ring',
  ringingHint:
    'A new alert calls these telephones, once, and says which agent and which rule; never what the customer said, nor who they are. What is to be talked about later calls nobody.',
  rings: (of: Level) => `${uiMessages.level[of]} alerts call somebody`,
  ringExtensions: 'Extensions to call',
  ringExtensionsHint: 'One per line; all ring at once.',
  days: 'On',
  weekday: {
    mon: 'Monday',
    tue: 'Tuesday',
    wed: 'Wednesday',
    thu: 'Thursday',
    fri: 'Friday',
    sat: 'Saturday',
    sun: 'Sunday',
  } satisfies Record<Weekday, string>,
  from: 'From',
  to: 'To',
  timeZone: 'Time zone',
  hours: ({ from, to }: Pick<WorkingHours, 'from' | 'to'>) => {
    if (from === to) return 'All day.';
    return from < to ? `From ${from} to ${to} of each of these days.` : `From ${from} to ${to} of the next day.`;
  },
  notices: 'How many notices are sent',
  noticesHint:
    'More alerts than this are not sent one by one: a summary says how many there were, and the rule is shown as muted. All of them are on the Alerts page.',
  noticeLimits: { perRule: 'Per rule', perCall: 'Per call', perFloor: 'All calls' },
  noticesUnit: 'notices',
  noticeWindow: 'In any',
  minutes: 'minutes',
  keptFor: ({ urgent, critical }: Readonly<Record<Level, number>>, of: number) =>
    `Of the ${String(of)}, ${String(critical)} are kept for critical alerts and ${String(urgent)} for urgent ones.`,
  save: 'Save',
  undo: 'Undo changes',
  saved: 'Saved.',
  unsaved: 'changes to the settings',
  changed: (name: string, at: string) => `Last saved by ${isolatedName(name)}, ${at}.`,
  changedMeanwhile:
    'Somebody saved the settings before you. Copy what you need, reload the page and change them again.',
} as const;
