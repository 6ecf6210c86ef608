import { SttError } from './engine.ts';

/** Written and spoken Norwegian have codes of their own, of which most vendors know neither. */
const SAME_SPEECH: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };
/** Where a vendor does not know the region: its speakers' nearest, before the language's largest. */
const NEAREST: Readonly<Record<string, readonly string[]>> = {
  es: ['es-419', 'es-US', 'es-MX'],
  pt: ['pt-PT'],
  yue: ['zh-HK'],
};

/** The languages of one vendor, in its own codes. Tags are compared as BCP 47 has them, whatever their spelling. */
export class VendorLanguages {
  readonly #vendor: string;
  readonly #codes = new Map<string, string>();

  constructor(vendor: string, codes: readonly string[]) {
    this.#vendor = vendor;
    for (const code of codes) {
      const tag = localeOf(code)?.baseName;
      if (tag !== undefined && !this.#codes.has(tag)) this.#codes.set(tag, code);
    }
  }

  /**
   * The vendor's code for a tag such as `nb-NO`, `fil-PH`, `cmn-Hans-CN` or `en_US`: with its region where the vendor
   * knows it, else the nearest that it knows of the same language. Undefined for one that it does not take.
   */
  find(tag: string): string | undefined {
    const locale = localeOf(tag);
    if (!locale) return undefined;
    for (const candidate of candidatesOf(locale)) {
      const code = this.#codes.get(candidate);
      if (code !== undefined) return code;
    }
    return [...this.#codes].find(([known]) => known.startsWith(`${locale.language}-`))?.[1];
  }

  /** @throws {SttError} with the codes that it takes */
  require(tag: string): string {
    const code = this.find(tag);
    if (code !== undefined) return code;
    const known = [...this.#codes.values()].sort().join(', ');
    throw new SttError(`${this.#vendor} does not know the language ${tag} of EARSHOT_LANGUAGE; it takes ${known}`, {
      retryable: false,
    });
  }
}

/** The most particular first. */
function candidatesOf({ language, script, region }: Intl.Locale): string[] {
  const likely = new Intl.Locale(language, { ...(script && { script }), ...(region && { region }) }).maximize();
  const ofLanguage = new Intl.Locale(language).maximize();
  const isFarFrom = region !== undefined && region !== ofLanguage.region;
  return [
    ...(region === undefined ? [] : [`${language}-${region}`]),
    ...(script === undefined && region === undefined ? [] : [`${language}-${likely.script ?? ''}`]),
    ...(isFarFrom || language === 'yue' ? (NEAREST[language] ?? []) : []),
    ...(script === undefined ? [] : [`${language}-${new Intl.Locale(language, { script }).maximize().region ?? ''}`]),
    language,
    `${language}-${ofLanguage.region ?? ''}`,
  ];
}

/** Undefined for what is no tag. POSIX names such as `de_DE.UTF-8` are read as well. */
function localeOf(tag: string): Intl.Locale | undefined {
  try {
    const locale = new Intl.Locale(
      tag
        .trim()
        .replace(/[.@].*$/, '')
        .replaceAll('_', '-'),
    );
    return new Intl.Locale(SAME_SPEECH[locale.language] ?? locale.language, {
      ...(locale.script && { script: locale.script }),
      ...(locale.region && { region: locale.region }),
    });
  } catch {
    return undefined;
  }
}

/** The languages of the Whisper models. Source: openai/whisper, `whisper/tokenizer.py`. */
const WHISPER_CODES =
  'af am ar as az ba be bg bn bo br bs ca cs cy da de el en es et eu fa fi fo fr gl gu ha haw he hi hr ht hu hy id is it ja jw ka kk km kn ko la lb ln lo lt lv mg mi mk ml mn mr ms mt my ne nl no oc pa pl ps pt ro ru sa sd si sk sl sn so sq sr su sv sw ta te tg th tk tl tr tt uk ur uz vi yi yo yue zh';

export const whisperLanguages = new VendorLanguages('A Whisper model', WHISPER_CODES.split(' '));

const whisperNames = new Map(
  WHISPER_CODES.split(' ').map((code) => [
    new Intl.DisplayNames('en', { type: 'language' }).of(code)?.toLowerCase() ?? code,
    code,
  ]),
);

/** The tag of a language as servers of Whisper models name it: `spanish`, or `es`. */
export function whisperTag(name: string): string | undefined {
  const lower = name.trim().toLowerCase();
  const code = whisperNames.get(lower) ?? whisperLanguages.find(lower);
  return code && new Intl.Locale(code === 'jw' ? 'jv' : code).toString();
}
