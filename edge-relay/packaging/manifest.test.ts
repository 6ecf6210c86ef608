import { controlFile, debianVersion } from './deb.ts';
import { installedPackages, type Lock, relayManifest } from './manifest.ts';

const project = { version: '1.2.3', license: 'Apache-2.0', engines: { node: '>=20.19' } };

/** What the relay needs, where the packages of `more` stand in the lock file too. */
function installed(more: Lock['packages']) {
  return installedPackages({
    packages: {
      '': { dependencies: { koffi: '1', 'sherpa-onnx-node': '3', unrelated: '9' } },
      'node_modules/koffi': { version: '1.0.0' },
      'node_modules/sherpa-onnx-node': { version: '3.0.0' },
      'node_modules/unrelated': { version: '9.0.0' },
      ...more,
    },
  });
}

describe('what is installed beside the bundle', () => {
  it('is what has native code and nothing else', () => {
    expect(installed({}).map(({ name, version }) => `${name} ${version}`)).toEqual([
      'koffi 1.0.0',
      'sherpa-onnx-node 3.0.0',
    ]);
  });

  it('is also what that needs, from where Node.js finds it', () => {
    const found = installed({
      'node_modules/sherpa-onnx-node': { version: '3.0.0', dependencies: { addon: '^6', cache: '^1' } },
      'node_modules/sherpa-onnx-node/node_modules/addon': { version: '6.1.0', dependencies: { cache: '^1' } },
      'node_modules/addon': { version: '8.0.0' },
      'node_modules/cache': { version: '1.5.0', dependencies: { 'sherpa-onnx-node': '*' } },
    });
    expect(found.map(({ path }) => path)).toEqual([
      'node_modules/sherpa-onnx-node/node_modules/addon',
      'node_modules/cache',
      'node_modules/koffi',
      'node_modules/sherpa-onnx-node',
    ]);
  });

  it('is compiled for Linux on x64 and arm64', () => {
    const optionalDependencies = { 'koffi-linux': '1', 'koffi-mips': '1', 'koffi-mac': '1' };
    const found = installed({
      'node_modules/koffi': { version: '1.0.0', optionalDependencies },
      'node_modules/koffi-linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['arm64'] },
      'node_modules/koffi-mips': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['mips'] },
      'node_modules/koffi-mac': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] },
    });
    expect(relayManifest(project, found)).toMatchObject({
      name: 'earshot-relay',
      version: '1.2.3',
      dependencies: { koffi: '1.0.0', 'sherpa-onnx-node': '3.0.0' },
      optionalDependencies: { 'koffi-linux': '1.0.0' },
    });
  });

  it('cannot be two versions of one', () => {
    expect(() =>
      installed({
        'node_modules/sherpa-onnx-node': { version: '3.0.0', dependencies: { cache: '^1' } },
        'node_modules/sherpa-onnx-node/node_modules/cache': { version: '1.0.0' },
        'node_modules/koffi': { version: '1.0.0', dependencies: { cache: '^2' } },
        'node_modules/cache': { version: '2.0.0' },
      }),
    ).toThrow('cache is needed from node_modules/cache and from node_modules/sherpa-onnx-node/node_modules/cache');
  });
});

describe('the control file', () => {
  it('asks for the Node.js that the project asks for', () => {
    const control = controlFile(project, 'arm64', 1234);
    expect(control).toMatch(/^Depends: nodejs \(>= 20\.19\), /m);
    expect(control).toMatch(/^Architecture: arm64$/m);
    expect(control).toMatch(/^Installed-Size: 1234$/m);
    expect(() => controlFile({ ...project, engines: { node: '^22 || ^24' } }, 'x64', 1)).toThrow('engines.node');
  });

  it.each([
    ['1.2.3', '1.2.3'],
    ['1.2.3-rc.1', '1.2.3~rc.1'],
  ])('orders %s as %s', (version, expected) => {
    expect(debianVersion(version)).toBe(expected);
  });
});
