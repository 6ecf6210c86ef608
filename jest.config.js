/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  // Packages that ship ES modules only are compiled like our own files.
  transformIgnorePatterns: ['/node_modules/(?!(commander|chokidar|readdirp)/)'],
  modulePathIgnorePatterns: ['/cdk.out/', '/.local/', '/build/', '/web/dist/'],
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{asterisk,core,functions,edge-relay,infra,web,local,bench}/**/*.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/local/conformance/'],
      globalSetup: '<rootDir>/local/install-for-tests.ts',
    },
    {
      ...shared,
      displayName: 'e2e',
      testMatch: ['<rootDir>/{e2e,local/conformance}/**/*.test.ts'],
      globalSetup: '<rootDir>/e2e/start-system.ts',
      globalTeardown: '<rootDir>/e2e/stop-system.ts',
    },
  ],
  maxWorkers: 2,
  // Room for a busy machine; no test waits for time to pass.
  testTimeout: 30_000,
  reporters: ['default', '<rootDir>/e2e/summary-reporter.js'],
};
