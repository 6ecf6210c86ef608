import type { RelaySettings } from '../../settings.ts';

/** What the relay that runs here reports of itself. */
export interface RunningRelay {
  /** Its release; undefined before 0.2.0. */
  readonly version: string | undefined;
  readonly isReady: boolean;
  readonly problems: readonly string[];
  /** Its metric `earshot_<name>` or `process_<name>`; 0 where it has none. */
  readonly metric: (name: string) => number;
}

/** It is on this machine. */
const LOCAL_MS = 3_000;

/** Asks the relay that runs with these settings; undefined when none answers. */
export async function askRunningRelay(settings: RelaySettings): Promise<RunningRelay | undefined> {
  const { EARSHOT_HTTP_HOST: host, EARSHOT_HTTP_PORT: port } = settings;
  const address = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host;
  try {
    const [health, readiness, metrics] = await Promise.all(
      ['healthz', 'readyz', 'metrics'].map((page) =>
        fetch(`http://${address}:${port}/${page}`, { signal: AbortSignal.timeout(LOCAL_MS) }),
      ),
    );
    const { version } = (await health?.json()) as { version?: string };
    const { ready, problems } = (await readiness?.json()) as { ready: boolean; problems: string[] };
    const values = parseMetrics((await metrics?.text()) ?? '');
    if (!values.has('earshot_live_calls')) return undefined;
    return { version, isReady: ready, problems, metric: (name) => values.get(name) ?? 0 };
  } catch {
    return undefined;
  }
}

/** Prometheus' text format: the values without labels. */
function parseMetrics(text: string): Map<string, number> {
  return new Map(
    Array.from(text.matchAll(/^(\w+) ([\d.e+-]+)$/gm), ([, name = '', value = '']) => [name, Number(value)] as const),
  );
}
