import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { parseSettings, unknownSettings } from './config.ts';
import { definitions } from './settings.ts';
import { environmentExample, withSettingsDocs } from './settings-docs.ts';
import type { AnySetting } from './setting.ts';

const docs = join(__dirname, '..', 'docs');
const pages = readdirSync(docs).filter((name) => name.endsWith('.md'));
const page = (name: string) => readFileSync(join(docs, name), 'utf8');

describe('the pages', () => {
  const files = [
    ...pages.flatMap((name) =>
      Array.from(page(name).matchAll(/^```env\n([^]*?)^```$/gm), ([, text = '']) => ({ name, text })),
    ),
    { name: 'relay.env.example', text: readFileSync(join(__dirname, 'packaging/service/relay.env.example'), 'utf8') },
  ];

  it.each(files)('$name has settings that the relay takes', ({ text }) => {
    const values = parseEnv(text.replace(/^#(?=[A-Z_]+=)/gm, ''));
    expect(unknownSettings(Object.keys(values))).toEqual([]);
    // What is left open there is for the reader to fill in.
    const filled = Object.entries(values).map(([name, value]) => [name, value === '' ? 'filled-in' : value]);
    expect(() => parseSettings(Object.fromEntries(filled) as Record<string, string>)).not.toThrow();
  });

  it.each(['relay.md', 'asterisk.md', 'troubleshooting.md', 'install-freepbx.md', 'install-vicidial.md'])(
    '%s names no setting that there is not',
    (name) => {
      /** Variables of the dialplan, the name of the file, and names that go on after a dash. */
      const others = /^EARSHOT_(RELAY|CALLER|LINKEDID|FILE|CONFIG_FILE|POCKETSPHINX_)$/;
      const named = new Set(page(name).match(/\bEARSHOT_[A-Z_]+/g));
      expect(unknownSettings([...named]).filter((setting) => !others.test(setting))).toEqual([]);
    },
  );
});

describe('what is written from the settings', () => {
  const command = 'Run `npx tsx edge-relay/write-settings-docs.ts`';

  it('is in relay.md as it would be written now', () => {
    expect({ command, page: withSettingsDocs(page('relay.md')) }).toEqual({ command, page: page('relay.md') });
  });

  it('names each setting in relay.md once, as a row of a table', () => {
    for (const name of Object.keys(definitions))
      expect([name, page('relay.md').split(`\n| \`${name}\` `).length - 1]).toEqual([name, 1]);
  });

  it('is the example of an environment file, without a secret', () => {
    const example = readFileSync(join(__dirname, 'packaging/service/relay.env.example'), 'utf8');
    expect({ command, example: environmentExample() }).toEqual({ command, example });
    for (const [name, { secret, example: line = '' }] of Object.entries<AnySetting>(definitions))
      if (secret) expect([name, line]).toEqual([name, '']);
  });
});

describe('troubleshooting.md', () => {
  const folder = join(__dirname, 'cli/doctor');
  const sources = [
    ...readdirSync(folder)
      .filter((name) => !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
    ...['capture/ami/rights.ts', 'enrich/vicidial/lost-facts.ts'].map((name) =>
      readFileSync(join(__dirname, name), 'utf8'),
    ),
  ];
  const checks = Array.from(
    /const checks[^]*?\n};/.exec(sources.join('\n'))?.[0].matchAll(/^ {2}'?([\w ]+)'?: /gm) ?? [],
    ([, name]) => name,
  );
  const quotes = Array.from(
    page('troubleshooting.md').matchAll(/^\|[^|]*\|([^|]*)\|/gm),
    ([, said = '']) => said.match(/`[\w ]+: [^`]+`/g) ?? [],
  ).flat();

  it('quotes what doctor says', () => {
    expect(quotes.length).toBeGreaterThan(20);
    for (const quote of quotes) {
      const [, check = '', text = ''] = /^`([\w ]+): (.*)`$/.exec(quote) ?? [];
      expect(checks).toContain(check);
      for (const piece of text.split('…').filter((each) => /\w/.test(each)))
        expect([quote, piece, sources.some((source) => source.includes(piece))]).toEqual([quote, piece, true]);
    }
  });
});
