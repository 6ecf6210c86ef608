import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';

/** A package of which something is delivered, and under which terms. */
export interface LicensedPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** Its licence and notice files; empty where it brings none. */
  readonly text: string;
}

const MIT = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The binaries of sherpa-onnx-node contain it, and do not bring its licence. */
export const ONNX_RUNTIME: LicensedPackage = {
  name: 'onnxruntime',
  version: 'within sherpa-onnx-node',
  license: 'MIT',
  text: `Copyright (c) Microsoft Corporation\n\n${MIT}`,
};

/** The detector of voice beside the relay's bundle; the package that it is taken from does not bring its licence. */
export const SILERO_VAD: LicensedPackage = {
  name: 'silero-vad',
  version: '6',
  license: 'MIT',
  text: `Copyright (c) 2020-present Silero Team\n\n${MIT}`,
};

const RULE = '-'.repeat(80);

/** Its name beside whatever is delivered. */
export const NOTICES_FILE = 'THIRD-PARTY-NOTICES.txt';

/**
 * The notices of what is delivered: each text once, under the packages that it is for.
 * @param what is delivered, as a sentence names it
 */
export function thirdPartyNotices(what: string, packages: readonly LicensedPackage[]): string {
  const texts = [...new Set(packages.map(({ text }) => text))];
  const sections = texts.map((text) => {
    const names = packages
      .filter((each) => each.text === text)
      .map(({ name, version, license }) => `- ${name} ${version} (${license})`);
    return [RULE, ...names, '', text || 'These packages contain no licence text.'].join('\n');
  });
  return `${what} is delivered with these packages, each under its own licence.\n\n${sections.join('\n\n')}\n`;
}

/** The folders, in the project, of the packages of which something is in esbuild's bundle. */
export function bundledFolders({ outputs }: Metafile): string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  return packageFolders(files);
}

/** The folders of the packages that files belong to; files of the project itself belong to none. */
export function packageFolders(files: readonly string[]): string[] {
  const folders = files.map((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  return [...new Set(folders.filter((folder) => folder !== undefined))].sort();
}

/** Reads what a package says of its terms. */
export async function readLicense(folder: string): Promise<LicensedPackage> {
  const manifest = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Omit<LicensedPackage, 'text'>;
  const files = (await readdir(folder)).filter((file) =>
    /^(licen[cs]e|notice|copying)(?!.*\.(js|ts|json)$)/i.test(file),
  );
  const texts = await Promise.all(files.sort().map((file) => readFile(join(folder, file), 'utf8')));
  const { name, version, license } = manifest;
  return { name, version, license, text: texts.map((text) => text.trim()).join('\n\n') };
}
