/** Packages that ship ES modules only: they are compiled like our own files. */
const esModules = [
  'chokidar',
  'commander',
  'get-port',
  'p-map',
  'p-wait-for',
  'readdirp',
  // execa and what it needs
  '@sec-ant/readable-stream',
  '@sindresorhus/merge-streams',
  'execa',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  // It can only be imported, and Jest requires.
  moduleNameMapper: { '^unicorn-magic$': '<rootDir>/node_modules/unicorn-magic/node.js' },
  modulePathIgnorePatterns: ['/cdk.out/', '/.local/', '/build/', '/web/dist/'],
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{asterisk,core,functions,edge-relay,infra,web,local,ops,bench}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/local/conformance/'],
      globalSetup: '<rootDir>/local/install-for-tests.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{e2e,local/conformance}/**/*.test.ts'],
      globalSetup: '<rootDir>/e2e/start-system.mjs',
      globalTeardown: '<rootDir>/e2e/stop-system.ts',
    },
  ],
  maxWorkers: 2,
  // Room for a busy machine; no test waits for time to pass.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/e2e/summary-reporter.js'],
};
