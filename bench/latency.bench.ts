import { openViewer, signIn } from '../e2e/clients.ts';
import { eventually } from '../e2e/eventually.ts';
import { readTestConfig } from '../e2e/config.ts';
import { hopsOf, summarizeHops } from '../e2e/latency.ts';
import { placeCall } from '../local/demo.ts';
import { printedSteps } from '../local/progress.ts';
import { startSystem } from '../local/system.ts';
import type { Benchmark, Figures } from './benchmark.ts';

/** Plays the demo call on a system of its own and splits what an utterance took on its way to a viewer. */
const latency: Benchmark = {
  about: 'p50 and p95 from the end of the words to a viewer, by hop, over a demo call',
  run: async () => {
    const config = await readTestConfig('bench-latency');
    const system = await startSystem(config, { engine: 'pocketsphinx', step: printedSteps(process.stdout) });
    try {
      const api = await signIn({ config, system });
      const viewer = await openViewer(api);
      const played = placeCall(config, system.relay, []);
      const call = await eventually(async () => (await api.activeCalls()).calls[0], 15_000);
      viewer.subscribe(`call:${call.callId}`);
      await played;
      await eventually(async () => ((await api.call(call.callId)).call.status === 'ended' ? true : undefined), 20_000);
      const hops = hopsOf(viewer.received);
      await viewer.close();
      const figures: Figures = { utterances: hops.length };
      for (const [hop, { p50Ms, p95Ms }] of Object.entries(summarizeHops(hops))) {
        figures[`${hop}P50Ms`] = p50Ms;
        figures[`${hop}P95Ms`] = p95Ms;
      }
      return { figures, peers: {} };
    } finally {
      await system.stop();
    }
  },
};

export default latency;
