import { MAX_TRUNK_QUESTIONS, type TrunkAnswer, trunkPrefixSchema, type TrunkQuestion } from '#core/trunks.ts';
import { trunkPrefixOf } from './channel-name.ts';
import type { AmiMessage } from './protocol.ts';

/** Contexts into which calls from outside are usually led: FreePBX's, ViciDial's, and those of Asterisk's samples. */
const OUTSIDE =
  /^(?:from-(?:trunk|pstn|did|digital|dahdi|zaptel|external|provider|carrier)|trunk-?inbound|inbound|incoming)/i;
/** One call may be a test. */
const ENOUGH_CALLS = 3;
const MAX_HINTS = 50;

interface Hint {
  context?: string;
  calls: number;
  swaps: number;
}

/**
 * Which channels lead outside: those that the settings name, and those that admins have confirmed. Others that seem to are
 * to be asked about: by the context into which their calls come, and by the calls whose sides people have swapped.
 */
export class TrunkHints {
  readonly #trunks: string[];
  readonly #declined = new Set<string>();
  readonly #byPrefix = new Map<string, Hint>();

  /** @param answered what admins have answered until now */
  constructor(named: readonly string[], answered: readonly TrunkAnswer[] = []) {
    this.#trunks = [...named];
    for (const answer of answered) this.answer(answer);
  }

  /** How the names of channels to the outside begin; the list changes with each answer. */
  get trunks(): readonly string[] {
    return this.#trunks;
  }

  /** Applies an admin's answer, which replaces an earlier one. */
  answer({ prefix, leadsOutside }: TrunkAnswer): void {
    this.#byPrefix.delete(prefix);
    this.#declined.delete(prefix);
    const at = this.#trunks.indexOf(prefix);
    if (leadsOutside && at < 0) this.#trunks.push(prefix);
    if (leadsOutside) return;
    if (at >= 0) this.#trunks.splice(at, 1);
    this.#declined.add(prefix);
  }

  /** Applies one event; irrelevant ones are ignored. */
  event(message: AmiMessage): void {
    const [name = '', context = ''] = [message.get('Channel'), message.get('Context')];
    const isFirst = message.get('Uniqueid') === message.get('Linkedid');
    if (message.get('Event') !== 'Newchannel' || !isFirst || !OUTSIDE.test(context)) return;
    const hint = this.#hintOf(name);
    if (!hint) return;
    hint.calls++;
    hint.context = context;
  }

  /** Somebody has said that who is on this channel is the caller. */
  swapped(channelName: string): void {
    const hint = this.#hintOf(channelName);
    if (hint) hint.swaps++;
  }

  /** What admins are asked. */
  questions(): TrunkQuestion[] {
    return [...this.#byPrefix]
      .filter(([, { calls, swaps }]) => swaps > 0 || calls >= ENOUGH_CALLS)
      .slice(0, MAX_TRUNK_QUESTIONS)
      .map(([prefix, { context, swaps }]) => ({
        prefix,
        ...(context !== undefined && { context: context.slice(0, 40) }),
        swaps,
      }));
  }

  /** The questions in words, with the setting that answers them; none where nothing is to be asked. */
  advice(): string[] {
    const shown = this.questions();
    if (shown.length === 0) return [];
    const because = shown.map(({ prefix, context, swaps }) => {
      const reasons = [
        ...(context === undefined ? [] : [`calls come in by the context ${context}`]),
        ...(swaps > 0 ? [`sides were swapped by hand on ${swaps === 1 ? 'a call' : `${swaps} calls`}`] : []),
      ];
      return `${prefix} (${reasons.join(', ')})`;
    });
    const setting = [...new Set([...this.#trunks, ...shown.map(({ prefix }) => prefix)])].join(',');
    return [
      `Do these channels lead outside: ${because.join('; ')}? EARSHOT_AMI_TRUNKS does not name them, so whoever is called on them is taken for the agent. If they do, set EARSHOT_AMI_TRUNKS=${setting} and restart the relay.`,
    ];
  }

  #hintOf(channelName: string): Hint | undefined {
    if (this.#trunks.some((prefix) => channelName.startsWith(prefix))) return undefined;
    const prefix = trunkPrefixOf(channelName);
    if (prefix === undefined || this.#declined.has(prefix) || !trunkPrefixSchema.safeParse(prefix).success)
      return undefined;
    const hint = this.#byPrefix.get(prefix) ?? { calls: 0, swaps: 0 };
    if (this.#byPrefix.size < MAX_HINTS) this.#byPrefix.set(prefix, hint);
    return hint;
  }
}
