import { useStorage } from '@vueuse/core';
import type { Ref } from 'vue';
import { z } from 'zod';
import { parseJson } from '#core/json.ts';

const MAX_SEARCHES = 30;
const MAX_NAME_LENGTH = 80;

const savedSchema = z
  .array(z.object({ name: z.string().min(1).max(MAX_NAME_LENGTH), fields: z.record(z.string(), z.string()) }))
  .max(MAX_SEARCHES);

/** A search by the name that a person gave it. */
export type SavedSearch = z.infer<typeof savedSchema>[number];

/** The searches that a person keeps in this browser; what cannot be read counts as none. */
export function savedSearchesOf(sub: string): Ref<SavedSearch[]> {
  const read = (kept: string): SavedSearch[] => {
    const parsed = savedSchema.safeParse(parsedOrNothing(kept));
    return parsed.success ? parsed.data : [];
  };
  const serializer = { read, write: (searches: SavedSearch[]) => JSON.stringify(searches) };
  return useStorage<SavedSearch[]>(`earshot.searches.${sub}`, [], undefined, { serializer, writeDefaults: false });
}

/** With one more, by name; one of the same name is replaced, and of too many the oldest go. */
export function withSearch(searches: readonly SavedSearch[], { name, fields }: SavedSearch): SavedSearch[] {
  const cut = name.trim().slice(0, MAX_NAME_LENGTH);
  if (cut === '') return [...searches];
  return [...searches.filter((other) => other.name !== cut), { name: cut, fields }].slice(-MAX_SEARCHES);
}

function parsedOrNothing(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
