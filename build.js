// Builds the package into dist/: the program and the library with all that they depend on, in one file, which
// starts in half the time of modules and takes a tenth of the space; the doors to it; their types; and the
// files of the reference page.
//
//   node build.js [--no-types]     types take longer than all the rest
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { licencesOf, packagesOf, sbomOf } from './build-packages.js'

const options = { bundle: true, platform: 'node', target: 'node20', minify: true, metafile: true }

const moduleScope = 'exports, require, module, __filename, __dirname'
/**
 * The bundle is a function of what modules know. Node.js, which loads it for the library, has it called at
 * once; to the program, which runs it as a script, that function is what it gives: to make one of the text
 * there would take another copy of it.
 */
const asModule = `(load => typeof module === 'undefined' ? load : load(${moduleScope}))`

/**
 * Bundles the library and the program in one file; gives its name and the files that went into it.
 *
 * @param write - whether to write it
 */
export async function bundle(write) {
  const { metafile } = await build({
    ...options,
    write,
    entryPoints: { sandbox: 'src/cli/bundle.ts' },
    outdir: 'dist',
    // What V8 keeps of a file is for that file alone, and V8 looks at its length only.
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    // esbuild cannot follow the imports of its other form.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // The framework loads these only where an application has no compilers of its own.
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    format: 'cjs',
    legalComments: 'none',
    charset: 'ascii',
    // A script, as which the program runs it, may not import. What is loaded later is required.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl' },
    banner: {
      js: `${asModule}(function (${moduleScope}) {const bundleUrl = require('node:url').pathToFileURL(__filename).href;`,
    },
    footer: { js: '})' },
  })
  return { name: basename(Object.keys(metafile.outputs)[0]), inputs: Object.keys(metafile.inputs) }
}

/** Writes the doors to the bundle: the program and the library. */
async function writeDoors(bundleName) {
  const { metafile } = await build({
    ...options,
    entryPoints: { cli: 'src/cli/launch.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    define: { bundleName: JSON.stringify(bundleName) },
  })
  assert.deepEqual(Object.keys(metafile.inputs), ['src/cli/launch.ts'])
  const { main, ...library } = createRequire(import.meta.url)(`./dist/${bundleName}`)
  assert(main)
  writeFileSync(
    'dist/index.js',
    [
      "import { createRequire } from 'node:module'",
      `export const { ${Object.keys(library).sort().join(', ')} } = createRequire(import.meta.url)('./${bundleName}')\n`,
    ].join('\n'),
  )
}

/** Writes down what of others is in the package: its licences, as they ask, and a list. */
function writePackages(inputs) {
  const packages = packagesOf(inputs)
  const project = JSON.parse(readFileSync('package.json', 'utf8'))
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licencesOf(packages))
  writeFileSync(
    'dist/sbom.cdx.json',
    `${JSON.stringify(sbomOf(packages, project), undefined, 2)}\n`,
  )
}

/** Copies the files of the reference page into a folder; the licence of what is not ours goes along. */
export function copyReference(folder) {
  mkdirSync(folder, { recursive: true })
  const files = {
    'src/docs/page': ['index.html', 'reference.js'],
    'node_modules/swagger-ui-dist': [
      'swagger-ui-bundle.js',
      'swagger-ui-bundle.js.LICENSE.txt',
      'swagger-ui.css',
      'LICENSE',
      'NOTICE',
    ],
  }
  for (const [from, names] of Object.entries(files)) {
    for (const name of names) copyFileSync(join(from, name), join(folder, name))
  }
}

/** Writes the types of the library into one file, those of the schemas' library included. */
async function writeTypes() {
  const { rollup } = await import('rollup')
  const { dts } = await import('rollup-plugin-dts')
  const types = await rollup({
    input: 'src/index.ts',
    external: ['fastify', /^node:/],
    plugins: [dts({ includeExternal: ['@sinclair/typebox'] })],
  })
  await types.write({ file: 'dist/index.d.ts', format: 'es' })
}

if (import.meta.filename === process.argv[1]) {
  rmSync('dist', { recursive: true, force: true })
  const { name, inputs } = await bundle(true)
  await writeDoors(name)
  writePackages(inputs)
  copyReference('dist/reference')
  if (!process.argv.includes('--no-types')) await writeTypes()
}
