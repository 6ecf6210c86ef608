import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Command, Option } from 'commander';
import { packArchive } from './archive.ts';
import { makeDeb } from './deb.ts';
import project from '../../package.json' with { type: 'json' };
import { type Architecture, ARCHITECTURES } from './manifest.ts';
import { projectSbom } from './sbom.ts';

/** `npm run package`: what a relay's machine is given, and the parts of the whole project, in build/packages. */
const folder = join(import.meta.dirname, '../../build/packages');

interface Options {
  readonly deb: boolean;
  readonly architectures: readonly Architecture[];
}

const { deb, architectures } = new Command('package')
  .description('makes the relay’s archive for npm, and Debian packages of it')
  .option('--no-deb', 'no Debian packages')
  .addOption(
    new Option('--architectures <names...>', 'of the Debian packages').choices(ARCHITECTURES).default(ARCHITECTURES),
  )
  .parse()
  .opts<Options>();

const archive = await packArchive(folder);
console.log(relative(process.cwd(), archive));
const sbom = join(folder, `earshot-${project.version}.cdx.json`);
await writeFile(sbom, `${JSON.stringify(await projectSbom(), null, 2)}\n`);
console.log(relative(process.cwd(), sbom));
for (const architecture of deb ? architectures : [])
  console.log(relative(process.cwd(), await makeDeb(archive, { architecture, folder })));
