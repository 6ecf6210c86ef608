import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { environmentExample, withSettingsDocs } from './settings-docs.ts';

/** Generates the settings tables of the documentation, and the example of an environment file. */
const here = import.meta.dirname;
const page = join(here, '../docs/relay.md');
await writeFile(page, withSettingsDocs(await readFile(page, 'utf8')));
await writeFile(join(here, 'packaging/service/relay.env.example'), environmentExample());
