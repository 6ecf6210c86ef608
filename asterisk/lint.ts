/** One line of a section: `key = value` or `key => value`. */
export interface ConfLine {
  readonly number: number;
  readonly key: string;
  readonly value: string;
}

export interface ConfSection {
  readonly name: string;
  readonly lines: readonly ConfLine[];
}

export interface DialplanStep {
  readonly line: number;
  readonly application: string;
  readonly args: string;
}

/** A place in a file that Asterisk would interpret differently than intended. */
export interface LintFinding {
  readonly line: number;
  readonly text: string;
}

/** Reads an Asterisk configuration file; comments (from an unescaped `;`) are dropped. */
export function parseConf(text: string): { sections: ConfSection[]; findings: LintFinding[] } {
  const sections: { name: string; lines: ConfLine[] }[] = [];
  const findings: LintFinding[] = [];
  text.split('\n').forEach((raw, index) => {
    const number = index + 1;
    const line = raw.replace(/(^|[^\\]);.*$/, '$1').trim();
    if (line === '') return;
    const header = /^\[([^\]]+)\](\(\S*\))?$/.exec(line);
    const entry = /^([\w-]+)\s*=>?\s*(.*)$/.exec(line);
    if (header?.[1] !== undefined) sections.push({ name: header[1], lines: [] });
    else if (!entry) findings.push({ line: number, text: 'neither a section, a setting nor a comment' });
    else if (sections.length === 0) findings.push({ line: number, text: 'a setting outside of any section' });
    else sections.at(-1)?.lines.push({ number, key: entry[1] ?? '', value: entry[2] ?? '' });
  });
  return { sections, findings };
}

const APPLICATIONS: readonly string[] =
  'Answer Dial EAGI Gosub Hangup MixMonitor Originate Queue Return Set UserEvent Wait'.split(' ');
/** ChanSpy as it is bit-exact and leaves the call alone. */
const CHANSPY_OPTIONS = 'uqEol';

/** Checks a dialplan. */
export function lintDialplan(text: string): LintFinding[] {
  const { sections, findings } = parseConf(text);
  const names = sections.map(({ name }) => name);
  for (const section of sections) {
    let hasExtension = false;
    for (const line of section.lines) {
      const step = readStep(line, hasExtension);
      hasExtension ||= line.key === 'exten';
      if (typeof step === 'string') findings.push({ line: line.number, text: step });
      else findings.push(...checkStep(step, line.value, names).map((found) => ({ line: line.number, text: found })));
    }
  }
  return findings.sort((a, b) => a.line - b.line);
}

function readStep({ number, key, value }: ConfLine, hasExtension: boolean): DialplanStep | string {
  const pattern = key === 'exten' ? /^([^,]+),(1|n),(\w+)\((.*)\)$/ : /^()(n),(\w+)\((.*)\)$/;
  if (key !== 'exten' && key !== 'same') return `"${key}" is no step of a dialplan`;
  if (key === 'same' && !hasExtension) return '"same" before any "exten"';
  const [, extension = '', priority, application = '', args = ''] = pattern.exec(value) ?? [];
  if (priority === undefined) return 'a step reads "exten => name,1,Application(…)" or "same => n,Application(…)"';
  if (key === 'exten' && priority !== '1') return 'an extension begins with priority 1';
  if (extension.startsWith('_') && /[nxz]/.test(extension.replace(/\[[^\]]*\]/g, '')))
    return `lower-case n, x and z in the pattern ${extension} stand for any digit`;
  return { line: number, application, args };
}

function checkStep({ application, args }: DialplanStep, value: string, contexts: readonly string[]): string[] {
  const found: string[] = [];
  if (!APPLICATIONS.includes(application)) found.push(`${application} is no application that is used here`);
  if (!isBalanced(value)) found.push('brackets or quotes that are not closed');
  if (/AudioSocket\//.test(args) && !/AudioSocket\/[^,]*\/c\(slin\)/.test(args))
    found.push('AudioSocket without /c(slin) sends the call’s codec raw');
  const options = /ChanSpy,[^,]*\\,(\w*(\([^)]*\))?)/.exec(args)?.[1];
  if (options !== undefined && options !== CHANSPY_OPTIONS)
    found.push(`ChanSpy with ${options}; only ${CHANSPY_OPTIONS} takes one side, exactly and unheard`);
  if (application === 'MixMonitor') found.push(...checkMixMonitor(args));
  // The macro before it is gone since 21, and with it every place after.
  if (application === 'Queue' && args.split(',').length > 6)
    found.push('Queue’s gosub has another place in each version: take membergosub in queues.conf');
  if (/\$\{UUID\(/.test(value)) found.push('UUID() is not in every version');
  if (/\$\{CURL\(/.test(value)) found.push('CURL holds the call up for minutes when nobody answers');
  if (/\b(SHELL|System)\(/.test(value)) found.push('a shell in the dialplan');
  for (const context of contextsNamed(application, args))
    if (!contexts.includes(context)) found.push(`there is no context ${context}`);
  return found;
}

function checkMixMonitor(args: string): string[] {
  const [file = '', options = ''] = args.split(',');
  const found: string[] = [];
  if (/\.(WAV|wav49)\b/.test(args)) found.push('MixMonitor writes GSM with this extension, which is not read');
  if (/D/.test(options.replace(/\([^)]*\)/g, '')) && !file.endsWith('.raw'))
    found.push('MixMonitor’s D writes a file without a header, which must be named .raw');
  return found;
}

/** The contexts that a step leads to. */
function contextsNamed(application: string, args: string): string[] {
  const gosub = application === 'Gosub' ? /^([\w-]+),/.exec(args)?.[1] : undefined;
  const local = [...args.matchAll(/Local\/[^@,]+@([\w-]+)/g)].map((match) => match[1] ?? '');
  const exten = /,exten,([\w-]+),/.exec(args)?.[1];
  const subroutine = [...args.matchAll(/\bU\(([\w-]+)/g)].map((match) => match[1] ?? '');
  return [gosub, exten, ...local, ...subroutine].filter((name) => name !== undefined);
}

function isBalanced(text: string): boolean {
  const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };
  const open: string[] = [];
  for (const char of text) {
    const close = closing[char];
    if (close !== undefined) open.push(close);
    else if (')]}'.includes(char) && open.pop() !== char) return false;
  }
  return open.length === 0 && (text.match(/"/g)?.length ?? 0) % 2 === 0;
}

const READ_RIGHTS = ['call', 'agent', 'user'];
const WRITE_RIGHTS = ['originate'];

/** Checks a file of manager users: the rights the relay needs, no more, and from named addresses alone. */
export function lintManager(text: string): LintFinding[] {
  const { sections, findings } = parseConf(text);
  for (const { name, lines } of sections) {
    const all = (key: string) => lines.filter((line) => line.key === key);
    const at = lines[0]?.number ?? 1;
    if (!all('secret').some(({ value }) => value.length > 0))
      findings.push({ line: at, text: `${name} has no secret` });
    if (!all('deny').some(({ value }) => value.startsWith('0.0.0.0/')) || all('permit').length === 0)
      findings.push({ line: at, text: `${name} may log in from anywhere: deny all and permit the relay` });
    for (const [key, allowed] of [
      ['read', READ_RIGHTS],
      ['write', WRITE_RIGHTS],
    ] as const)
      for (const { number, value } of all(key))
        for (const right of value.split(',').map((word) => word.trim()))
          if (!allowed.includes(right))
            findings.push({ line: number, text: `${name} needs no right to ${key} ${right}` });
  }
  return findings;
}

const QUEUE_SETTINGS = ['setinterfacevar', 'setqueuevar', 'membergosub'];

/** Checks additions to queues.conf: no other settings than the tap needs, and a subroutine that is there. */
export function lintQueues(text: string, contexts: readonly string[]): LintFinding[] {
  const { sections, findings } = parseConf(text);
  for (const { name, lines } of sections)
    for (const { number, key, value } of lines) {
      if (!QUEUE_SETTINGS.includes(key)) findings.push({ line: number, text: `${name} needs no ${key}` });
      if (key === 'membergosub' && !contexts.includes(value))
        findings.push({ line: number, text: `there is no context ${value}` });
    }
  return findings;
}
