import { join } from 'node:path';
import { execa } from 'execa';

/** As much of CycloneDX 1.5 as is changed here; what `npm sbom` writes beside it stays as it is. */
export interface Sbom {
  readonly metadata: { readonly component: { readonly 'bom-ref': string; readonly name: string } };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly type: string;
    readonly name: string;
    readonly version?: string;
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** A package, or what is compiled into one, with no version of its own. */
interface Delivered {
  readonly name: string;
  readonly version?: string;
  readonly license: string;
}

/** The name of the relay's SBOM in its packages. */
export const SBOM_FILE = 'sbom.cdx.json';

const projectFolder = join(import.meta.dirname, '../..');

/** All packages of the project's lock file, those for development marked as optional, as CycloneDX. */
export async function projectSbom(): Promise<Sbom> {
  const { stdout } = await execa('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    cwd: projectFolder,
  });
  const sbom = JSON.parse(stdout) as Sbom;
  // npm names the project by its folder.
  return withName(sbom, 'earshot');
}

/** What of the project is delivered with the relay. `compiledIn`: parts of others that no lock file names. */
export function relaySbom(
  project: Sbom,
  delivered: readonly Pick<Delivered, 'name' | 'version'>[],
  compiledIn: readonly Delivered[],
): Sbom {
  const wanted = new Set(delivered.map(({ name, version = '' }) => `${name}@${version}`));
  const found = project.components.filter(({ name, version = '' }) => wanted.has(`${name}@${version}`));
  const refs = new Set(found.map((component) => component['bom-ref']));
  const root = project.metadata.component['bom-ref'];
  const added = compiledIn.map(({ name, license }) => ({
    'bom-ref': name,
    type: 'library',
    name,
    licenses: [{ license: { id: license } }],
  }));
  return {
    ...withName(project, 'earshot-relay'),
    components: [...found, ...added],
    dependencies: [
      { ref: root, dependsOn: [...refs, ...added.map(({ name }) => name)] },
      ...project.dependencies
        .filter(({ ref }) => refs.has(ref))
        .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((each) => refs.has(each)) })),
    ],
  };
}

function withName(sbom: Sbom, name: string): Sbom {
  return { ...sbom, metadata: { ...sbom.metadata, component: { ...sbom.metadata.component, name } } };
}
