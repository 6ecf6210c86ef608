import type { SettingValues, UnionToIntersection } from '../setting.ts';
import type { SttEngine } from './engine.ts';
import type { speechSettings } from './settings.ts';
import { type VendorName, vendors } from './vendors.ts';

type VendorSettings = Parameters<(typeof vendors)[VendorName]['open']>[0];

/** What all engines may need, whichever is opened. */
export type EngineSettings = SettingValues<typeof speechSettings.settings> & UnionToIntersection<VendorSettings>;

/** One engine. @throws {SttError} when it cannot be used at all. */
export async function openEngine(settings: EngineSettings, name: VendorName): Promise<SttEngine> {
  return vendors[name].open(settings);
}

/** The preferred engine of the settings, then its fallback if there is one. @throws {SttError} when one cannot be used. */
export async function openEngines(settings: EngineSettings): Promise<SttEngine[]> {
  const { EARSHOT_ENGINE: preferred, EARSHOT_FALLBACK_ENGINE: fallback } = settings;
  const opened: SttEngine[] = [await openEngine(settings, preferred)];
  if (fallback === undefined) return opened;
  try {
    return [...opened, await openEngine(settings, fallback)];
  } catch (error) {
    await Promise.all(opened.map((engine) => engine.close()));
    throw error;
  }
}
