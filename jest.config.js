/** Packages that ship ES modules only: they are compiled like our own files. */
const esModules = [
  '@sec-ant/readable-stream',
  '@sindresorhus/merge-streams',
  '@vueuse/core',
  '@vueuse/shared',
  'chokidar',
  'commander',
  'execa',
  'figures',
  'get-port',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'oauth4webapi',
  'ohash',
  'p-map',
  'p-timeout',
  'p-wait-for',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'readdirp',
  'strip-final-newline',
  'unicorn-magic',
  'yoctocolors',
];

/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest', '^.+\\.vue$': '<rootDir>/web/jest-vue.js' },
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
      testMatch: ['<rootDir>/{asterisk,core,functions,edge-relay,infra,web,local,ops,bench,licenses}/**/*.test.ts'],
      globalSetup: '<rootDir>/local/install-for-tests.mjs',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/e2e/**/*.test.ts'],
      globalSetup: '<rootDir>/e2e/start-system.mjs',
      globalTeardown: '<rootDir>/e2e/stop-system.ts',
    },
  ],
  maxWorkers: 2,
  // A worker with a heap of gigabytes takes longer to exit than Jest gives it on a busy machine.
  workerIdleMemoryLimit: '800MB',
  // Room for a busy machine; no test waits for time to pass.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/e2e/summary-reporter.js'],
};
