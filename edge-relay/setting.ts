import { plainName } from '#core/text/plain-name.ts';
import { z } from 'zod';

/** Text that anybody may fill in, alone or in a list: only its author knows whether it is a secret. */
type IsFreeText<Value> = string extends Value ? true : Extract<Value, readonly string[]> extends never ? false : true;

/** One environment variable of the relay. */
export interface AnySetting {
  /** Parses the variable; undefined is a variable that is not set. */
  readonly schema: z.ZodType;
  /** What it is, for the settings table. */
  readonly about: string;
  /** Its default in words, where the value itself would not help a reader. */
  readonly defaultIs?: string;
  /** Its line in the example of an environment file; the empty string is for the reader to fill in. */
  readonly example?: string;
  /** The example's line is commented out. */
  readonly isOptional?: boolean;
  /** A secret is never printed. */
  readonly secret?: boolean;
}

/** A setting that may be free text has to declare whether it is a secret, or it does not compile. */
export type Setting<Schema extends z.ZodType> = AnySetting & { readonly schema: Schema } & (IsFreeText<
    z.output<Schema>
  > extends true
    ? { readonly secret: boolean }
    : unknown);

export function setting<Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> {
  return definition;
}

/** Settings by the names of their environment variables. */
export type SettingDefinitions = Readonly<Record<string, AnySetting>>;

/** Settings that belong together. */
export interface SettingsGroup<Definitions extends SettingDefinitions = SettingDefinitions> {
  readonly title: string;
  /** What a reader has to know before any of them. */
  readonly about?: string;
  readonly settings: Definitions;
}

/** The parsed values of a group, or of several definitions merged. */
export type SettingValues<Definitions extends SettingDefinitions> = {
  readonly [Name in keyof Definitions]: z.output<Definitions[Name]['schema']>;
};

/** `A | B` as `A & B`: the definitions of all groups, or the values that all of them need. */
export type UnionToIntersection<Union> = (Union extends unknown ? (member: Union) => void : never) extends (
  intersection: infer Intersection,
) => void
  ? Intersection
  : never;

export const text = z.string().trim().min(1);

export const port = (fallback: number) => z.coerce.number().int().min(0).max(65_535).default(fallback);

export const durationMs = (fallback: number) => z.coerce.number().int().positive().default(fallback);

export const flag = (fallback: 'on' | 'off') => z.enum(['on', 'off']).default(fallback);

/** Values separated by commas. */
export const list = z
  .string()
  .default('')
  .transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter(Boolean),
  );

/** Names separated by commas, cleaned as those that they are compared with. */
export const names = list.transform((items) => items.map(plainName));
