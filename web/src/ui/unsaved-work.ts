import { computed, onScopeDispose, shallowRef } from 'vue';

interface Work {
  readonly isUnsaved: () => boolean;
  readonly name: string;
}

const works = shallowRef<readonly Work[]>([]);

/** What would be lost if the page were left now, by name. */
export const unsavedWork = computed(() => works.value.filter(({ isUnsaved }) => isUnsaved()).map(({ name }) => name));

/** Has the page ask before it drops this work, for the length of a scope. */
export function useUnsavedWork(isUnsaved: () => boolean, name: string): void {
  const work = { isUnsaved, name };
  works.value = [...works.value, work];
  onScopeDispose(() => {
    works.value = works.value.filter((other) => other !== work);
  });
}
