import type { Component } from 'vue';
import type { RuleChannel } from '#core/rules/channel.ts';
import type { PartCondition } from '#core/rules/conditions/compound/schema.ts';
import type { Condition } from '#core/rules/rule.ts';
import ConsecutiveNegativeForm from './forms/ConsecutiveNegativeForm.vue';
import InterruptionsForm from './forms/InterruptionsForm.vue';
import PhraseCountForm from './forms/PhraseCountForm.vue';
import PhraseForm from './forms/PhraseForm.vue';
import ProfanityForm from './forms/ProfanityForm.vue';
import RollingBelowForm from './forms/RollingBelowForm.vue';
import ScoreBelowForm from './forms/ScoreBelowForm.vue';
import TalkRatioForm from './forms/TalkRatioForm.vue';

/** How a kind of condition is edited, and what it brings when it is chosen. */
export interface ConditionForm {
  readonly form: Component;
  readonly initial: Condition;
  /** Whom it listens to, and whom it can listen to; where there is one choice it is not asked for. */
  readonly channel: RuleChannel;
  readonly channels: readonly RuleChannel[];
  readonly cooldownMs: number;
  /** Sentences alone can show what it does; the others need times or two sides, and a backtest shows them. */
  readonly canTry: boolean;
}

const anySide = { channel: 'caller', channels: ['caller', 'agent', 'any'] } as const;
const customer = { channel: 'caller', channels: ['caller', 'any'] } as const;
const oneSide = { channel: 'agent', channels: ['agent', 'caller'] } as const;
const MINUTE_MS = 60_000;

export type PartType = PartCondition['type'];

/** A form for every condition on words, which stand alone or as a part of a compound one. */
export const partForms: { [T in PartType]: ConditionForm & { initial: Extract<PartCondition, { type: T }> } } = {
  phrase: {
    form: PhraseForm,
    initial: { type: 'phrase', phrases: [] },
    ...anySide,
    cooldownMs: MINUTE_MS,
    canTry: true,
  },
  profanity: {
    form: ProfanityForm,
    initial: { type: 'profanity' },
    ...anySide,
    cooldownMs: 2 * MINUTE_MS,
    canTry: true,
  },
  'score-below': {
    form: ScoreBelowForm,
    initial: { type: 'score-below', below: -0.7, evidence: 2 },
    ...anySide,
    cooldownMs: MINUTE_MS,
    canTry: true,
  },
  'rolling-below': {
    form: RollingBelowForm,
    initial: { type: 'rolling-below', below: -0.4 },
    ...customer,
    cooldownMs: 5 * MINUTE_MS,
    canTry: true,
  },
  'consecutive-negative': {
    form: ConsecutiveNegativeForm,
    initial: { type: 'consecutive-negative', count: 3 },
    ...customer,
    cooldownMs: 3 * MINUTE_MS,
    canTry: true,
  },
  'phrase-count': {
    form: PhraseCountForm,
    initial: { type: 'phrase-count', phrases: [], count: 3, withinMs: 5 * MINUTE_MS },
    ...anySide,
    cooldownMs: 5 * MINUTE_MS,
    canTry: true,
  },
  interruptions: {
    form: InterruptionsForm,
    initial: { type: 'interruptions', count: 3, withinMs: 2 * MINUTE_MS },
    ...oneSide,
    cooldownMs: 2 * MINUTE_MS,
    canTry: false,
  },
  'talk-ratio': {
    form: TalkRatioForm,
    initial: { type: 'talk-ratio', above: 0.7, afterMs: MINUTE_MS },
    ...oneSide,
    cooldownMs: 5 * MINUTE_MS,
    canTry: false,
  },
};
