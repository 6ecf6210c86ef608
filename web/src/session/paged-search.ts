import { reactive, shallowRef, watch } from 'vue';
import { useRoute, useRouter } from 'vue-router';
import { download } from '../ui/download.ts';
import type { ExportedFile } from './api-client.ts';
import { ApiError } from './api-error.ts';
import { onReturn } from './away.ts';
import { sessionMessages } from './messages.ts';
import { filledFieldsOf, searchIn, type SearchFields } from './search-fields.ts';

interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursor?: string | undefined;
}

interface PagedSearchOptions<Field extends string, Query extends object, Row> {
  /** Of the page that is searched. */
  readonly routeName: 'history' | 'audit';
  readonly fields: readonly Field[];
  /** Undefined where the search asks for what there is not. */
  readonly queryOf: (search: SearchFields<Field>) => Query | undefined;
  readonly ask: (query: Query & { readonly cursor?: string }) => Promise<Page<Row>>;
}

interface ExportOptions<Query> {
  readonly ask: (query: Query) => Promise<ExportedFile>;
  readonly fileName: string;
  readonly messages: { readonly exporting: string; readonly exported: string; readonly exportCut: string };
}

/** A search whose results come in pages. The address holds it, so that it can be kept, sent and come back to. */
export function usePagedSearch<Field extends string, Query extends object, Row>({
  routeName,
  fields,
  queryOf,
  ask,
}: PagedSearchOptions<Field, Query, Row>) {
  const route = useRoute();
  const router = useRouter();
  const asked = () => searchIn(fields, route.query);

  const form = reactive({ ...searchIn(fields, {}) }) as Record<Field, string>;
  const rows = shallowRef<readonly Row[]>([]);
  const cursor = shallowRef<string>();
  const isLoading = shallowRef(false);
  const problem = shallowRef('');
  const note = shallowRef('');
  let question = 0;
  let begun: string | undefined;

  watch(
    () => (route.name === routeName ? JSON.stringify(asked()) : undefined),
    (search) => {
      // Who comes back from a call finds what was there.
      if (search === undefined || search === begun) return;
      begun = search;
      begin();
    },
    { immediate: true },
  );

  onReturn(() => {
    if (problem.value !== '') void load();
  });

  function begin(): void {
    Object.assign(form, asked());
    rows.value = [];
    cursor.value = undefined;
    void load();
  }

  /** The next page; of an answer that comes after another question was asked, nothing is shown. */
  async function load(): Promise<void> {
    const mine = ++question;
    const query = queryOf(asked());
    if (!query) return;
    isLoading.value = true;
    problem.value = '';
    try {
      const page = await ask({ ...query, ...(cursor.value ? { cursor: cursor.value } : {}) });
      if (mine !== question) return;
      rows.value = [...rows.value, ...page.rows];
      cursor.value = page.cursor;
    } catch (error) {
      if (mine === question) problem.value = explained(error);
    } finally {
      if (mine === question) isLoading.value = false;
    }
  }

  function search(): void {
    if (!queryOf(searchIn(fields, form))) return;
    // The same search again looks for what has come since.
    if (JSON.stringify(asked()) === JSON.stringify(searchIn(fields, filledFieldsOf(form)))) begin();
    else void router.push({ name: routeName, query: filledFieldsOf(form) });
  }

  /** Saves all that the search finds, not only the pages that were read. */
  async function exportAll({ ask: askFile, fileName, messages }: ExportOptions<Query>): Promise<void> {
    const query = queryOf(asked());
    if (!query) return;
    problem.value = '';
    note.value = messages.exporting;
    try {
      const file = await askFile(query);
      download(fileName, file.body);
      note.value = file.cursor ? messages.exportCut : messages.exported;
    } catch (error) {
      note.value = '';
      problem.value = explained(error);
    }
  }

  return { form, rows, cursor, isLoading, problem, note, load, search, exportAll };
}

function explained(error: unknown): string {
  return error instanceof ApiError ? sessionMessages.error.of(error) : String(error);
}
