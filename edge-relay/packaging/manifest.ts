/** What the relay needs that has native code and therefore is not part of its bundle. */
export const NATIVE_PACKAGES = ['koffi', 'sherpa-onnx-node'] as const;

/** The kinds of machine that there are packages for, as Node.js calls them. */
export const ARCHITECTURES = ['x64', 'arm64'] as const;
export type Architecture = (typeof ARCHITECTURES)[number];

/** An entry of package-lock.json (version 3), under its path. */
interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

/** package.json of the project, as far as the relay's own follows from it. */
export interface Project {
  readonly version: string;
  readonly license: string;
  readonly engines: { readonly node: string };
}

/** A package that is installed beside the bundle. */
export interface InstalledPackage {
  readonly name: string;
  readonly version: string;
  /** In the lock file and in this project's folder. */
  readonly path: string;
  readonly isOptional: boolean;
  /** It holds the native code of another one, compiled for one kind of machine. */
  readonly isCompiled: boolean;
}

/**
 * The packages with native code and all that these need on Linux, in the versions that were tested.
 * @throws {Error} when two versions of one are needed
 */
export function installedPackages({ packages }: Lock): InstalledPackage[] {
  const found = new Map<string, InstalledPackage>();
  const visit = (name: string, from: string) => {
    const path = resolvePath(packages, name, from);
    const locked = packages[path];
    if (!locked?.version || !runsHere(locked)) return;
    const known = found.get(name);
    if (known?.path === path) return;
    if (known) throw new Error(`${name} is needed from ${known.path} and from ${path}`);
    const { version, optional: isOptional = false, cpu } = locked;
    found.set(name, { name, version, path, isOptional, isCompiled: cpu !== undefined });
    for (const needed of Object.keys({ ...locked.dependencies, ...locked.optionalDependencies })) visit(needed, path);
  };
  for (const name of NATIVE_PACKAGES) visit(name, '');
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function runsHere({ os = ['linux'], cpu = ARCHITECTURES }: LockedPackage): boolean {
  return os.includes('linux') && ARCHITECTURES.some((architecture) => cpu.includes(architecture));
}

/** Where Node.js finds a package: in the folder of the one that needs it, or in one above. */
function resolvePath(packages: Lock['packages'], name: string, from: string): string {
  const path = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`;
  if (from === '' || path in packages) return path;
  const above = from.lastIndexOf('/node_modules/');
  return resolvePath(packages, name, above === -1 ? '' : from.slice(0, above));
}

/** package.json of the relay as a package. */
export function relayManifest({ version, license, engines }: Project, installed: readonly InstalledPackage[]): object {
  const pinned = (isOptional: boolean) =>
    Object.fromEntries(
      installed.filter((each) => each.isOptional === isOptional).map((each) => [each.name, each.version]),
    );
  return {
    name: 'earshot-relay',
    version,
    description: 'Transcribes the calls of an Asterisk as they happen, for Earshot',
    license,
    type: 'module',
    os: ['linux'],
    cpu: ARCHITECTURES,
    libc: ['glibc'],
    engines,
    bin: { 'earshot-relay': 'earshot-relay' },
    // All of them, not only these two: what these need would otherwise come in versions that nobody tested.
    dependencies: pinned(false),
    optionalDependencies: pinned(true),
  };
}
