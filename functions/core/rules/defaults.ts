import type { Rule } from './rule.ts';

/** Seeded once into an empty table; edits are never overwritten. */
export const defaultRules: readonly Rule[] = [
  {
    ruleId: 'keywords',
    version: 1,
    name: 'Wants out or up',
    enabled: true,
    level: 'warning',
    kind: 'alert',
    channel: 'caller',
    scope: {},
    cooldownMs: 60_000,
    condition: {
      type: 'phrase',
      phrases: [
        'cancel',
        'cancel my account',
        'supervisor',
        'speak to a supervisor',
        'manager',
        'complaint',
        'escalate',
        'refund',
        'unacceptable',
      ],
    },
  },
  {
    ruleId: 'negative-trend',
    version: 1,
    name: 'Negative trend',
    enabled: true,
    level: 'warning',
    kind: 'alert',
    channel: 'caller',
    scope: {},
    cooldownMs: 180_000,
    condition: { type: 'consecutive-negative', count: 3 },
  },
];
