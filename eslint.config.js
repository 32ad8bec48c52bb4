import js from '@eslint/js'
import { defineConfig } from 'eslint/config'
import tseslint from 'typescript-eslint'

// An import points to the left, never to the right; see CONTRIBUTING.md.
const layers = ['schemas', 'domain', 'stores', 'control', 'plugins', 'openapi', 'routes']
const doors = [
  'world',
  'app',
  'server',
  'command',
  'config',
  'data-file',
  'example',
  'health',
  'host-variable',
  'log',
  'serve',
  'cli',
  'index',
]

const toTheRight = layers.map((layer, index) => ({
  files: [`src/${layer}/**`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            group: [
              ...layers.slice(index + 1).map((other) => `**/${other}/**`),
              ...doors.map((door) => `../${door}.ts`),
              ...(layer === 'plugins' ? ['./*.ts'] : []),
            ],
            message:
              'Imports go schemas <- domain <- stores <- control <- plugins <- openapi <- routes <- app.',
          },
          ...(['plugins', 'openapi', 'routes'].includes(layer)
            ? []
            : [{ group: ['fastify', 'fastify-plugin'], message: 'The rules know no Fastify.' }]),
        ],
      },
    ],
  },
}))

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
          message: 'Only cli.ts and launch.ts read the environment.',
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
  ...toTheRight,
  {
    files: ['src/{cli,launch}.ts', 'test/*.browser.ts', 'examples/**', '**/*.js'],
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
    // The examples are projects of their own.
    files: ['**/*.js', 'examples/**/*.ts'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      parserOptions: { project: false },
      globals: Object.fromEntries(
        [
          ...['Buffer', 'TextDecoder', 'URL', 'console', 'fetch', 'performance', 'process'],
          ...['clearInterval', 'clearTimeout', 'setInterval', 'setTimeout'],
        ].map((name) => [name, 'readonly']),
      ),
    },
  },
)
