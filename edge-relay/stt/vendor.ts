import type { SettingDefinitions, SettingsGroup, SettingValues } from '../setting.ts';
import type { SttEngine } from './engine.ts';

/** Settings that an engine may use and that are not its own. */
export interface SharedSettings {
  readonly EARSHOT_LANGUAGE: string;
  readonly EARSHOT_VOCABULARY: readonly string[];
  readonly AWS_REGION?: string | undefined;
}

/** What has to be there beside the settings; `doctor` checks it when the engine cannot be used. */
export interface VendorNeeds<Values> {
  /** Packages with native code that no bundle holds. */
  readonly packages?: readonly string[];
  readonly debianPackages?: readonly string[];
  /** Files and folders that it reads. */
  readonly files?: (settings: Values) => readonly string[];
  /** The address that it connects to. */
  readonly network?: (settings: Values) => string;
  /** What its account or credentials must allow. */
  readonly rights?: string;
}

/**
 * All that the relay knows of a vendor of speech to text: adding one is a folder with this, and a line in `vendors.ts`.
 */
export interface SttVendor<Definitions extends SettingDefinitions> extends SettingsGroup<Definitions> {
  /** What kind of engine it is, for the documentation. */
  readonly about: string;
  /** Settings without which it cannot be opened. */
  readonly required: readonly (keyof Definitions | keyof SharedSettings)[];
  /** It emits lines of its own, whatever is spoken. */
  readonly isScripted?: true;
  readonly needs: VendorNeeds<SettingValues<Definitions> & SharedSettings>;
  /** @throws {SttError} when it cannot be used at all. */
  readonly open: (settings: SettingValues<Definitions> & SharedSettings) => Promise<SttEngine>;
}

export function sttVendor<Definitions extends SettingDefinitions>(
  vendor: SttVendor<Definitions>,
): SttVendor<Definitions> {
  return vendor;
}
