import { isolatedName } from '#core/text/plain-name.ts';

/** What each page is called, in the navigation and in the browser's tab. */
export const pageTitles = {
  live: 'Live',
  call: 'Call',
  alerts: 'Alerts',
  agents: 'Agents',
  agent: 'Agent',
  history: 'History',
  topics: 'Topics',
  rules: 'Rules',
  rule: 'Rule',
  system: 'System',
  settings: 'Settings',
  audit: 'Audit',
  wallboard: 'Wallboard',
} as const;

/** Words that stand around every page. */
export const shellMessages = {
  nav: {
    label: 'Pages',
    skip: 'Skip to the page',
    withCount: (title: string, open: number) => (open === 0 ? title : `${title} (${String(open)})`),
  },

  user: {
    menu: (name: string) => `${isolatedName(name) || 'Signed in'}: menu`,
    theme: 'Theme',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    newAlerts: 'New alerts',
    sound: 'Sound',
    desktop: 'Desktop notification',
    keys: 'Keyboard shortcuts',
    signOut: 'Sign out',
  },

  keys: {
    title: 'Keyboard shortcuts',
    lead: 'One key, wherever the focus is, except while typing.',
    enabled: 'Enable shortcuts',
    next: 'Next call',
    previous: 'Previous call',
    open: 'Open the call',
    back: 'Close the call',
    acknowledge: 'Acknowledge the alert, or in the list of alerts all of the call',
    take: 'Take the call: assign its open alerts to me',
    resolve: 'Resolve the alert, or in the list of alerts all of the call',
    select: 'Select the call in the list of alerts',
    fold: 'Show or hide the call’s other alerts',
    undo: 'Undo the last change of alerts',
    nextAlert: 'Open the call with the most severe alert',
    catchUp: 'Catch up on the call, or its summary',
    toEnd: 'Newest line of the call',
    copyLink: 'Copy a link to this moment of the call',
    search: 'Search the list',
    help: 'These shortcuts',
  },

  leave: {
    title: 'Leave without saving?',
    detail: (works: readonly string[]) => `This would be lost: ${works.join(', ')}.`,
    stay: 'Stay here',
    go: 'Leave without saving',
    endedTitle: 'Your session has ended',
    endedDetail: (works: readonly string[]) =>
      `You have not saved ${works.join(', ')}. Sign in here to go on where you were, or leave and lose it.`,
    endedElsewhere: (works: readonly string[]) =>
      `You have not saved ${works.join(', ')}. Stay to copy it; signing in leads away from this page.`,
    signIn: 'Sign in',
  },

  start: {
    title: 'Earshot cannot start',
    config: 'The page could not read /config.json, which tells it where its servers are.',
    act: 'Check your connection and reload. If it stays so, tell your administrator.',
    reload: 'Reload',
  },
} as const;
