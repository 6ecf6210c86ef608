import { accessSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RelaySettings } from '../../settings.ts';
import { bytesPerMs, type SttEngine, SttError } from '../../stt/engine.ts';
import { openEngine } from '../../stt/engines.ts';
import type { VendorNeeds } from '../../stt/vendor.ts';
import { type VendorName, vendors } from '../../stt/vendors.ts';
import { ANSWER_MS, type Diagnosis, ok, problem } from './finding.ts';

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;

/** Opens a stream, sends a second of silence, and waits for its end in good order: the key is good if that works. */
export async function checkEngine(settings: RelaySettings, name: VendorName): Promise<Diagnosis> {
  let engine: SttEngine | undefined;
  try {
    engine = await openEngine(settings, name);
    await engine.probe?.();
    const answeredMs = await trySilence(engine);
    return ok(`${name} answers (in ${answeredMs} ms)`);
  } catch (error) {
    const isRefusal = error instanceof SttError && !error.retryable;
    return problem(`${name}: ${(error as Error).message}`, adviceOn(name, settings, isRefusal));
  } finally {
    await engine?.close();
  }
}

/** Which needs of the vendor are not met, as far as can be checked here, and what else to check. */
function adviceOn(name: VendorName, settings: RelaySettings, isRefusal: boolean): string {
  const { needs, required, settings: own } = vendors[name];
  const { packages = [], debianPackages = [], files, network, rights }: VendorNeeds<RelaySettings> = needs;
  const missingPackages = packages.filter((each) => !isInstalled(each));
  const unreadable = files?.(settings).filter((file) => !isReadable(file)) ?? [];
  const names = new Set<string>([...required, ...Object.keys(own), ...(network ? ['EARSHOT_LANGUAGE'] : [])]);
  return [
    ...missingPackages.map((each) => `Install ${each} beside the relay: npm install ${each}.`),
    ...unreadable.map((file) => `${file} cannot be read.`),
    ...(debianPackages.length === 0 ? [] : [`On Debian: apt-get install ${debianPackages.join(' ')}.`]),
    ...(isRefusal || !network
      ? []
      : [`Check that this machine may reach ${new URL(network(settings)).host}: firewall, proxy, address.`]),
    `Check ${new Intl.ListFormat('en').format([...names, ...(rights === undefined ? [] : [`that ${rights}`])])}.`,
  ].join(' ');
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}

function isReadable(file: string): boolean {
  try {
    accessSync(file);
    return true;
  } catch {
    return false;
  }
}

async function trySilence(engine: SttEngine): Promise<number> {
  const startedAt = performance.now();
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SttError(`no answer within ${ANSWER_MS / 1_000} s`, { retryable: true }));
    }, ANSWER_MS);
    const closed = (error?: SttError) => {
      clearTimeout(timer);
      if (error) reject(error);
      else resolve();
    };
    const listener = { partial: () => undefined, final: () => undefined, endpoint: () => undefined, closed };
    engine.open(FORMAT, { channels: ['caller'] }, listener).then((connection) => {
      connection.send(Buffer.alloc(1_000 * bytesPerMs(FORMAT)));
      connection.finish();
    }, closed);
  });
  return Math.round(performance.now() - startedAt);
}
