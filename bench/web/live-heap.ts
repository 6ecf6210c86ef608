import type { Page } from 'playwright-core';
import { z } from 'zod';

const snapshotSchema = z.object({
  snapshot: z.object({
    meta: z.object({ node_fields: z.array(z.string()), node_types: z.tuple([z.array(z.string())]).rest(z.unknown()) }),
  }),
  nodes: z.array(z.number()),
});

/**
 * Bytes of all that the page's scripts still reach; what the browser keeps for drawing is left out. A snapshot is
 * taken for that, because the heap's own figure counts garbage that is not swept yet, even after a collection.
 */
export async function liveHeapBytes(page: Page): Promise<number> {
  const devTools = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  devTools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await devTools.send('HeapProfiler.collectGarbage');
  await devTools.send('HeapProfiler.takeHeapSnapshot');
  await devTools.detach();

  const { snapshot, nodes } = snapshotSchema.parse(JSON.parse(chunks.join('')));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [typeAt, sizeAt, native] = [fields.indexOf('type'), fields.indexOf('self_size'), types[0].indexOf('native')];
  let bytes = 0;
  for (let node = 0; node < nodes.length; node += fields.length) {
    if (nodes[node + typeAt] !== native) bytes += nodes[node + sizeAt] ?? 0;
  }
  return bytes;
}
