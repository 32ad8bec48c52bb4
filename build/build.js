// Builds the package into dist/: a bundle of the program, the library and all dependencies, which starts in half the time
// of separate modules and takes a tenth of the space; its entry points; types; and the files of the
// reference page and of the console.
//
//   node build/build.js [--no-types]     types take longer than the rest; without them, those of before stay
import assert from 'node:assert/strict'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { licencesOf, packagesOf, sbomOf } from './packages.js'

const options = { bundle: true, platform: 'node', target: 'node20', minify: true, metafile: true }

const moduleScope = 'exports, require, module, __filename, __dirname'

/**
 * Globals as they are when the bundle is loaded. Fake timers of a test would otherwise stop the sandbox, and jsdom lacks
 * some of them.
 */
const globals = `
const bundleUrl = require('node:url').pathToFileURL(__filename).href;
const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = require('node:timers');
const { queueMicrotask } = globalThis, { nextTick } = process;
const { TextDecoder, TextEncoder } = require('node:util');
const { structuredClone = value => require('node:v8').deserialize(require('node:v8').serialize(value)) } = globalThis;`

/**
 * The bundle is an expression: a function of a module's scope. For the library, Node.js loads it as a module, which calls
 * the function. The program evaluates it as a script and calls the function itself, because wrapping the text in a function
 * there would copy it.
 */
const asModule = `(load => typeof module === 'undefined' ? load : load(${moduleScope}))`

/**
 * Bundles the library and the program in one file.
 *
 * @param write - whether to write the file
 * @returns its name and its input files
 */
export async function bundle(write) {
  const { metafile } = await build({
    ...options,
    write,
    entryPoints: { sandbox: 'src/cli/bundle.ts' },
    outdir: 'dist',
    // A code cache fits one bundle, but V8 compares only the length of the source.
    entryNames: '[name]-[hash]',
    outExtension: { '.js': '.cjs' },
    // esbuild cannot follow the imports of its UMD form.
    alias: { 'jsonc-parser': 'jsonc-parser/lib/esm/main.js' },
    // Fastify loads these only for applications without their own compilers.
    external: ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler'],
    format: 'cjs',
    legalComments: 'none',
    charset: 'ascii',
    // The program runs the bundle as a script, which cannot import: `import()` becomes `require()`.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'bundleUrl', 'process.nextTick': 'nextTick' },
    banner: {
      js: `${asModule}(function (${moduleScope}) {${globals}`,
    },
    footer: { js: '})' },
  })
  return { name: basename(Object.keys(metafile.outputs)[0]), inputs: Object.keys(metafile.inputs) }
}

/** Writes the entry points of the bundle: the program and the library. */
async function writeEntryPoints(bundleName) {
  const { metafile } = await build({
    ...options,
    entryPoints: { cli: 'src/cli/launch.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
    format: 'cjs',
    define: { bundleName: JSON.stringify(bundleName) },
  })
  assert.deepEqual(Object.keys(metafile.inputs), ['src/cli/launch.ts'])
  const { main, ...library } = createRequire(import.meta.url)(`../dist/${bundleName}`)
  assert(main)
  const names = Object.keys(library).sort().join(', ')
  writeFileSync(
    'dist/index.js',
    `import { createRequire } from 'node:module'
export const { ${names} } = createRequire(import.meta.url)('./${bundleName}')
`,
  )
  writeFileSync(
    'dist/index.cjs',
    `const { ${names} } = require('./${bundleName}')
module.exports = { ${names} }
`,
  )
}

/** Bundles the client of the control API. Platform `neutral` knows no module of Node.js: an import of one fails. */
async function writeClient() {
  for (const [format, extension] of [
    ['esm', '.js'],
    ['cjs', '.cjs'],
  ]) {
    await build({
      entryPoints: { client: 'src/client/index.ts' },
      outdir: 'dist',
      outExtension: { '.js': extension },
      bundle: true,
      minify: true,
      platform: 'neutral',
      target: 'es2022',
      format,
    })
  }
}

/** Writes the licences of the bundled packages, and a list of these packages. */
function writePackages(inputs) {
  const packages = packagesOf(inputs)
  const project = JSON.parse(readFileSync('package.json', 'utf8'))
  writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licencesOf(packages))
  writeFileSync(
    'dist/sbom.cdx.json',
    `${JSON.stringify(sbomOf(packages, project), undefined, 2)}\n`,
  )
}

/** Copies the files of the reference page into a folder, with the licence of Swagger UI. */
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

/**
 * Writes the files of the console into a folder. Platform `browser` knows no module of Node.js: an import of one fails.
 *
 * @returns the input files
 */
export async function writeConsole(folder) {
  const { metafile } = await build({
    entryPoints: { console: 'src/console/main.tsx', style: 'src/console/style.css' },
    outdir: folder,
    bundle: true,
    minify: true,
    metafile: true,
    platform: 'browser',
    target: 'es2022',
    format: 'esm',
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
  })
  copyFileSync('src/console/index.html', join(folder, 'index.html'))
  return Object.keys(metafile.inputs)
}

/** Leaves out what the sources add to the types of other packages. The options come after those of `dts`, which keep it. */
const withoutAugmentations = {
  name: 'without-augmentations',
  options: ({ treeshake, ...others }) => ({
    ...others,
    treeshake: { ...treeshake, moduleSideEffects: false },
  }),
}

/** Writes the types of each entry point into one file, which needs no other types. */
async function writeTypes() {
  const { rollup } = await import('rollup')
  const { dts } = await import('rollup-plugin-dts')
  for (const [name, input] of Object.entries({
    index: 'src/index.ts',
    client: 'src/client/index.ts',
  })) {
    const types = await rollup({
      input,
      external: /^[^./]/,
      plugins: [dts(), withoutAugmentations],
    })
    await types.write({ file: `dist/${name}.d.ts`, format: 'es' })
    copyFileSync(`dist/${name}.d.ts`, `dist/${name}.d.cts`) // The same types for `require`.
  }
}

/** Empties a folder, except for the files to keep. */
function clear(folder, kept) {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(folder)) {
    if (!kept.includes(name)) rmSync(join(folder, name), { recursive: true })
  }
}

if (import.meta.filename === process.argv[1]) {
  const withTypes = !process.argv.includes('--no-types')
  const types = ['index', 'client'].flatMap((name) => [`${name}.d.ts`, `${name}.d.cts`])
  clear('dist', withTypes ? [] : types)
  const { name, inputs } = await bundle(true)
  await writeEntryPoints(name)
  await writeClient()
  copyReference('dist/reference')
  writePackages([...inputs, ...(await writeConsole('dist/console'))])
  if (withTypes) await writeTypes()
}
