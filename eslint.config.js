import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Rooms meet in `#core`; what a room may import of others beside that stands here, and nowhere else. */
const mayImport = {
  asterisk: ['edge-relay'],
  bench: ['e2e', 'edge-relay', 'functions', 'infra', 'local'],
  e2e: ['edge-relay', 'functions', 'local'],
  'edge-relay': ['licenses'],
  functions: [],
  infra: ['licenses'],
  licenses: [],
  local: [],
  ops: ['functions', 'local'],
  web: ['licenses'],
};
const rooms = Object.keys(mayImport);
const roomRule = (room, allowed) => ({
  'no-restricted-imports': [
    'error',
    {
      patterns: [
        {
          group: rooms
            .filter((other) => other !== room && !allowed.includes(other))
            .map((other) => `**/../${other}/**`),
          message: 'Rooms share only #core: put what both need into core, or see mayImport in eslint.config.js.',
        },
        { group: ['**/core/**', '!@smithy/core/**'], message: 'Import the domain as #core/….' },
      ],
    },
  ],
});
const layers = [
  ...Object.entries(mayImport).map(([room, allowed]) => ({
    files: [`${room}/**/*.{ts,vue}`],
    rules: roomRule(room, allowed),
  })),
  // Tests of the table run on the local AWS endpoint.
  { files: ['licenses/**/*.test.ts'], rules: roomRule('licenses', ['infra']) },
  { files: ['functions/**/*.fake.ts'], rules: roomRule('functions', ['local']) },
];

export default tseslint.config(
  { ignores: ['node_modules', 'cdk.out', 'build', 'coverage', 'web/dist', 'web/src/session/api-paths.ts', '.local'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        project: ['./tsconfig.json', './web/tsconfig.json', './e2e/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Hono names a package that is to take the place of its adapter for Lambda; it is not published yet.
      '@typescript-eslint/no-deprecated': ['error', { allow: [{ from: 'package', name: 'handle', package: 'hono' }] }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Read the environment in the one config file of each program.' },
      ],
    },
  },
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
    rules: { 'vue/multi-word-component-names': 'off' },
  },
  { files: ['web/**/*.ts'], languageOptions: { globals: globals.browser } },
  {
    files: ['web/**/*.{ts,vue}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "AssignmentExpression[left.property.name='value'] > :not(AwaitExpression).right AwaitExpression",
          message: 'Await before: what is read beside the await is outdated when the answer comes.',
        },
      ],
    },
  },
  ...layers,
  {
    files: ['core/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['node:*', '@aws-sdk/*', 'vue', 'ws'],
              message: 'core is pure: I/O belongs to functions/adapters.',
            },
            {
              group: [
                '#core/*',
                ...['edge-relay', 'functions', 'infra', 'web', 'local', 'ops', 'e2e', 'bench'].map(
                  (room) => `**/${room}/**`,
                ),
              ],
              message: 'core imports nothing but core, by relative path.',
            },
          ],
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'fetch', message: 'core is pure: no I/O.' },
        { name: 'setTimeout', message: 'core is pure: no timers.' },
        { name: 'process', message: 'core is pure: no environment.' },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'core is pure: time comes in as an argument.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'core is pure: no clock.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'core is pure: no randomness.',
        },
      ],
    },
  },
  {
    // The one place of each program that reads the environment.
    files: [
      'edge-relay/config.ts',
      'functions/env.ts',
      'infra/config.ts',
      'local/config.ts',
      'ops/{config.ts,earshot.mjs}',
      'e2e/config.ts',
      'bench/config.ts',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
  prettier,
);
