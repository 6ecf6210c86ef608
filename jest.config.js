/** @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.(ts|js|mjs)$': '@swc/jest' },
  // Packages that ship ES modules only are compiled like our own files.
  transformIgnorePatterns: ['/node_modules/(?!(commander)/)'],
  modulePathIgnorePatterns: ['/cdk.out/', '/.local/', '/build/', '/web/dist/'],
};

export default {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/{functions,edge-relay,infra,web,local,bench}/**/*.test.ts'],
    },
  ],
  maxWorkers: 2,
};
