import type { Component } from 'vue';
import type { Condition } from '#core/rules/rule.ts';
import ConsecutiveNegativeForm from './forms/ConsecutiveNegativeForm.vue';
import DeadAirForm from './forms/DeadAirForm.vue';
import InterruptionsForm from './forms/InterruptionsForm.vue';
import LongCallForm from './forms/LongCallForm.vue';
import NotSaidWithinForm from './forms/NotSaidWithinForm.vue';
import PhraseCountForm from './forms/PhraseCountForm.vue';
import PhraseForm from './forms/PhraseForm.vue';
import ProfanityForm from './forms/ProfanityForm.vue';
import RollingBelowForm from './forms/RollingBelowForm.vue';
import ScoreBelowForm from './forms/ScoreBelowForm.vue';
import TalkRatioForm from './forms/TalkRatioForm.vue';
import UnheardForm from './forms/UnheardForm.vue';

/** How a kind of condition is edited. */
interface ConditionForm {
  readonly form: Component;
  /** What it starts with when it is chosen. */
  readonly initial: Condition;
  /** Sentences alone can show what it does; the others need times or two sides, and a backtest shows them. */
  readonly canTry: boolean;
}

/** A form for every condition: a kind that is new in the core fails to compile here until it has one. */
export const conditionForms: {
  [T in Condition['type']]: ConditionForm & { initial: Extract<Condition, { type: T }> };
} = {
  phrase: { form: PhraseForm, initial: { type: 'phrase', phrases: [] }, canTry: true },
  profanity: { form: ProfanityForm, initial: { type: 'profanity' }, canTry: true },
  'score-below': { form: ScoreBelowForm, initial: { type: 'score-below', below: -0.7 }, canTry: true },
  'rolling-below': { form: RollingBelowForm, initial: { type: 'rolling-below', below: -0.4 }, canTry: true },
  'consecutive-negative': {
    form: ConsecutiveNegativeForm,
    initial: { type: 'consecutive-negative', count: 3 },
    canTry: true,
  },
  'phrase-count': {
    form: PhraseCountForm,
    initial: { type: 'phrase-count', phrases: [], count: 3, withinMs: 300_000 },
    canTry: true,
  },
  'not-said-within': {
    form: NotSaidWithinForm,
    initial: { type: 'not-said-within', phrases: [], withinMs: 30_000 },
    canTry: false,
  },
  interruptions: {
    form: InterruptionsForm,
    initial: { type: 'interruptions', count: 3, withinMs: 120_000 },
    canTry: false,
  },
  'dead-air': { form: DeadAirForm, initial: { type: 'dead-air', afterMs: 20_000 }, canTry: false },
  'talk-ratio': {
    form: TalkRatioForm,
    initial: { type: 'talk-ratio', above: 0.7, afterMs: 60_000 },
    canTry: false,
  },
  'long-call': { form: LongCallForm, initial: { type: 'long-call', afterMs: 900_000 }, canTry: false },
  unheard: { form: UnheardForm, initial: { type: 'unheard', afterMs: 15_000 }, canTry: false },
};
