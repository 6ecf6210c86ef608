import type { Condition } from '#core/rules/rule.ts';
import CompoundForm from './forms/CompoundForm.vue';
import DeadAirForm from './forms/DeadAirForm.vue';
import LongCallForm from './forms/LongCallForm.vue';
import NotSaidWithinForm from './forms/NotSaidWithinForm.vue';
import UnheardForm from './forms/UnheardForm.vue';
import { initialPart, initialSided } from './forms/compound.ts';
import { partForms, type ConditionForm } from './part-forms.ts';

const bothSides = { channel: 'any', channels: ['any'] } as const;
const { phrase, ...otherParts } = partForms;

/** A form for every condition: a kind that is new in the core fails to compile here until it has one. */
export const conditionForms: {
  [T in Condition['type']]: ConditionForm & { initial: Extract<Condition, { type: T }> };
} = {
  phrase,
  all: {
    form: CompoundForm,
    initial: {
      type: 'all',
      parts: [initialPart, { not: true, conditions: [{ ...initialSided, channel: 'agent' }] }],
      withinMs: 30_000,
    },
    ...bothSides,
    cooldownMs: 60_000,
    canTry: true,
  },
  any: {
    form: CompoundForm,
    initial: { type: 'any', parts: [initialPart, { conditions: [{ ...initialSided, channel: 'agent' }] }] },
    ...bothSides,
    cooldownMs: 60_000,
    canTry: true,
  },
  ...otherParts,
  'not-said-within': {
    form: NotSaidWithinForm,
    initial: { type: 'not-said-within', phrases: [], withinMs: 30_000 },
    channel: 'agent',
    channels: ['agent', 'caller', 'any'],
    cooldownMs: 0,
    canTry: false,
  },
  'dead-air': {
    form: DeadAirForm,
    initial: { type: 'dead-air', afterMs: 20_000 },
    channel: 'any',
    channels: ['any', 'agent', 'caller'],
    cooldownMs: 0,
    canTry: false,
  },
  'long-call': {
    form: LongCallForm,
    initial: { type: 'long-call', afterMs: 900_000 },
    ...bothSides,
    cooldownMs: 0,
    canTry: false,
  },
  unheard: {
    form: UnheardForm,
    initial: { type: 'unheard', afterMs: 15_000 },
    channel: 'any',
    channels: ['any', 'agent', 'caller'],
    cooldownMs: 0,
    canTry: false,
  },
};
