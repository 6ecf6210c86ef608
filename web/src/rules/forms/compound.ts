import type { Compound as CompoundFields, Part, SidedCondition } from '#core/rules/conditions/compound/schema.ts';

export type Compound = CompoundFields & { type: 'all' | 'any' };
export type Sided = SidedCondition;
export type { Part };

export type Span = 'call' | 'seconds' | 'turns';
export type PhaseType = 'whole' | NonNullable<Compound['phase']>['type'];

export const initialSided: Sided = { channel: 'caller', condition: { type: 'phrase', phrases: [] } };
export const initialPart: Part = { conditions: [initialSided] };

export function spanOf({ withinMs, withinTurns }: Compound): Span {
  if (withinTurns !== undefined) return 'turns';
  return withinMs === undefined ? 'call' : 'seconds';
}

/** The condition with another span, which brings what it starts with. */
export function withSpan({ withinMs: _, withinTurns: __, ...rest }: Compound, span: Span): Compound {
  if (span === 'seconds') return { ...rest, withinMs: 30_000 };
  return span === 'turns' ? { ...rest, withinTurns: 3 } : rest;
}

export function phaseOf({ phase }: Compound): PhaseType {
  return phase?.type ?? 'whole';
}

/** The condition in another phase, which brings what it starts with. */
export function withPhase({ phase: _, ...rest }: Compound, type: PhaseType): Compound {
  switch (type) {
    case 'whole':
      return rest;
    case 'after':
      return { ...rest, phase: { type, channel: 'agent', phrases: [] } };
    case 'first':
    case 'last':
      return { ...rest, phase: { type, lastsMs: 60_000 } };
  }
}
