import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

// A folder may import the folders before it in this list, not those after it; see CONTRIBUTING.md.
const order = [
  'base/',
  'http/',
  'wink/',
  'docs/',
  'control/',
  'client/',
  'app.ts',
  'sandbox.ts',
  'index.ts',
  'cli/',
]

const importRules = order.map((importer, index) => ({
  files: [importer.endsWith('/') ? `src/${importer}**` : `src/${importer}`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          ...order.slice(index + 1).map((other) => ({
            regex: `^\\.(?:.*/)?${other.endsWith('/') ? other : `${other}$`}`,
            message: `Imports go ${order.join(' <- ')}.`,
          })),
          { regex: '/console/', message: 'Nothing imports the console.' },
          ...(importer === 'base/'
            ? [{ group: ['fastify', 'fastify-plugin'], message: 'base/ knows no Fastify.' }]
            : []),
          ...(importer === 'client/'
            ? [
                {
                  regex: '^[^.]',
                  message: 'The client runs wherever fetch does, and needs no package.',
                },
              ]
            : []),
        ],
      },
    ],
  },
}))

// The console runs in a browser. It steers the sandbox through the client alone, and nobody imports it.
const consoleRules = {
  files: ['src/console/**'],
  languageOptions: { parserOptions: { project: './src/console/tsconfig.json' } },
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          { regex: '^(?!\\.|preact$|preact/hooks$)', message: 'The only package is preact.' },
          {
            regex: String.raw`^\.(?:.*/)?(?:app\.ts$|sandbox\.ts$|cli/|http/|docs/|control/(?!(?:.*/)?types\.ts$))`,
            message: 'The console imports the client, data of wink/ and types.ts of control/.',
          },
        ],
      },
    ],
  },
}

export default defineConfig(
  { ignores: ['**/dist', '**/generated', '.tap', '.test', 'tap-snapshots'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { project: './test/tsconfig.json' } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', 250],
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only cli/cli.ts and cli/launch.ts may; cli/environment.ts reads the settings.',
        },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-floating-promises': [
        'error',
        {
          allowForKnownSafePromises: [
            { from: 'package', package: '@tapjs/core', name: 'PromiseWithSubtest' },
          ],
          allowForKnownSafeCalls: [{ from: 'package', package: 'fastify', name: 'register' }],
        },
      ],
    },
  },
  ...importRules,
  consoleRules,
  {
    files: [
      'src/cli/{cli,launch}.ts',
      'test/fixtures/browser.ts',
      'examples/**',
      '**/*.{js,cjs,mjs}',
    ],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    // The examples and the test runners are projects of their own.
    files: ['**/*.{js,cjs,mjs}', 'examples/**/*.ts', 'runners/**/*.ts'],
    ...tseslint.configs.disableTypeChecked,
    rules: {
      ...tseslint.configs.disableTypeChecked.rules,
      '@typescript-eslint/no-require-imports': 'off',
    },
    languageOptions: {
      parserOptions: { project: false },
      globals: Object.fromEntries(
        [
          ...['Buffer', 'TextDecoder', 'URL', 'console', 'fetch', 'performance', 'process'],
          ...['clearInterval', 'clearTimeout', 'setInterval', 'setTimeout'],
          ...['beforeAll', 'beforeEach', 'expect', 'it', 'jest', 'module', 'require', 'test'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
)
