import { z } from 'zod';
import type { AnySetting, SettingsGroup } from './setting.ts';
import { settingsGroups } from './settings.ts';
import { type VendorName, vendors } from './stt/vendors.ts';

/** A part of a documentation page that is written from the settings' definitions: it stands between two comments. */
export const settingsDocs = {
  settings: () => settingsGroups.map((group) => `### ${group.title}\n\n${introducedTable(group)}`).join('\n\n'),
  engines: () =>
    (Object.keys(vendors) as VendorName[])
      .map((name) => `### ${vendors[name].title}\n\n\`EARSHOT_ENGINE=${name}\` ${introducedTable(vendors[name])}`)
      .join('\n\n'),
} satisfies Record<string, () => string>;

/** A page with each of its generated parts written anew. */
export function withSettingsDocs(page: string): string {
  return Object.entries(settingsDocs).reduce(
    (text, [part, write]) =>
      text.replace(new RegExp(`(?<=<!-- ${part}: .* -->\n\n)[^]*?(?=\n\n<!-- end of ${part} -->)`), write),
    page,
  );
}

function introducedTable({ about, settings }: SettingsGroup): string {
  const rows = [
    ['name', 'default', 'what it is'],
    ...Object.entries(settings).map(([name, setting]) => [`\`${name}\``, defaultOf(setting), setting.about]),
  ].map((row) => row.map((cell) => cell.replaceAll('|', '\\|')));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  return [...(about === undefined ? [] : [about]), lines.join('\n')].join('\n\n');
}

function defaultOf({ schema, defaultIs }: AnySetting): string {
  if (defaultIs !== undefined) return defaultIs;
  const value = z
    .union([z.string(), z.number(), z.array(z.string())])
    .optional()
    .parse(schema.parse(undefined));
  return value === undefined || value.toString() === '' ? '–' : `\`${value.toString()}\``;
}

/** An environment file to begin with: what most relays set, and commented out what some do. */
export function environmentExample(): string {
  const groups = [
    ...settingsGroups.map((group) => ({ ...group, title: `${group.title}. ${plainFirstSentence(group.about ?? '')}` })),
    ...Object.entries<SettingsGroup>(vendors).map(([name, vendor]) => ({
      ...vendor,
      title: `${vendor.title}, for EARSHOT_ENGINE=${name}.`,
    })),
  ].map((group) => ({
    heading: `# ${group.title.trim()}`,
    lines: Object.entries(group.settings).flatMap(([name, { example, isOptional = false }]) =>
      example === undefined ? [] : [`${isOptional ? '#' : ''}${name}=${example}`],
    ),
  }));
  return [
    '# /etc/earshot-relay.env (root:earshot, mode 0640). docs/relay.md lists all settings; earshot-relay config checks them.',
    ...groups.filter(({ lines }) => lines.length > 0).map(({ heading, lines }) => [heading, ...lines].join('\n')),
  ]
    .join('\n\n')
    .concat('\n');
}

/** Without Markdown, for a comment. */
function plainFirstSentence(markdown: string): string {
  const [sentence = ''] = /^.*?[.;:](?= |$)/.exec(markdown.replace(/`|\[([^\]]*)\]\([^)]*\)/g, '$1')) ?? [];
  return sentence.replace(/[;:]$/, '.');
}
