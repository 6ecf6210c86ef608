import { all, any } from './compound/compound.ts';
import { conditionKinds } from './registry.ts';

/** Every kind of condition that a rule can have: those that stand alone, and those made of them. */
export const ruleConditionKinds = [...conditionKinds, all, any] as const;

type SchemasOf<Kinds extends readonly { readonly schema: unknown }[]> = {
  -readonly [At in keyof Kinds]: Kinds[At]['schema'];
};

export const conditionSchemas = ruleConditionKinds.map(({ schema }) => schema) as unknown as SchemasOf<
  typeof ruleConditionKinds
>;
