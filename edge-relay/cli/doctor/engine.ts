import { accessSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { RelaySettings } from '../../settings.ts';
import { bytesOf } from '../../audio/samples.ts';
import { demoLegs } from '../../sim/demo/demo.ts';
import { bytesPerMs, type SttEngine, SttError, type SttListener } from '../../stt/engine.ts';
import { openEngine } from '../../stt/engines.ts';
import type { VendorNeeds } from '../../stt/vendor.ts';
import { type VendorName, vendors } from '../../stt/vendors.ts';
import { ANSWER_MS, type Diagnosis, ok, problem, warning } from './finding.ts';

const FORMAT = { sampleRate: 8_000, channelCount: 1 } as const;
const STEP_BYTES = 100 * bytesPerMs(FORMAT);
/** The beginning of the demo caller's first turn: "Hello, my internet has been down since Monday …". */
const SPOKEN = { fromMs: 7_000, toMs: 10_000 };

/** Has the engine transcribe some seconds of real speech: key, language and model are good if words come back. */
export async function checkEngine(settings: RelaySettings, name: VendorName): Promise<Diagnosis> {
  let engine: SttEngine | undefined;
  try {
    engine = await openEngine(settings, name);
    const { text, durationMs } = await transcribe(engine, await spokenAudio());
    const limits = engine.limits?.() ?? [];
    if (limits.length > 0)
      return warning(
        `${name} made “${text}” of English speech (in ${durationMs} ms); ${limits.join('; ')}`,
        'Words are transcribed, but the engine does without what the server refused: times of words, and probabilities by which invented text is found.',
      );
    if (text === '' && vendors[name].isScripted !== true)
      return warning(
        `${name} answers (in ${durationMs} ms), and made no words of English speech`,
        'That is right for an engine set to another language. Otherwise check the model and EARSHOT_LANGUAGE.',
      );
    return ok(
      text === '' ? `${name} answers (in ${durationMs} ms)` : `${name} made “${text}” of speech (in ${durationMs} ms)`,
    );
  } catch (error) {
    const isRefusal = error instanceof SttError && !error.retryable;
    return problem(`${name}: ${(error as Error).message}`, adviceOn(name, settings, isRefusal));
  } finally {
    await engine?.close();
  }
}

async function spokenAudio(): Promise<Buffer> {
  const caller = (await demoLegs()).find(({ channel }) => channel === 'caller');
  const samples = caller?.samples ?? new Int16Array();
  const at = (ms: number) => ms * (FORMAT.sampleRate / 1_000);
  return bytesOf(samples.slice(at(SPOKEN.fromMs), at(SPOKEN.toMs)));
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

async function transcribe(engine: SttEngine, audio: Buffer): Promise<{ text: string; durationMs: number }> {
  const startedAt = performance.now();
  const texts: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SttError(`no answer within ${ANSWER_MS / 1_000} s`, { retryable: true }));
    }, ANSWER_MS);
    const listener: SttListener = {
      partial: () => undefined,
      final: ({ text }) => texts.push(text),
      endpoint: () => undefined,
      lost: ({ reason }) => {
        reject(new SttError(reason, { retryable: true }));
      },
      closed: (error) => {
        clearTimeout(timer);
        if (error) reject(error);
        else resolve();
      },
    };
    engine.open(FORMAT, { channels: ['caller'] }, listener).then((connection) => {
      for (let at = 0; at < audio.length; at += STEP_BYTES) connection.send(audio.subarray(at, at + STEP_BYTES));
      connection.finish();
    }, listener.closed);
  });
  return { text: texts.filter(Boolean).join(' '), durationMs: Math.round(performance.now() - startedAt) };
}
