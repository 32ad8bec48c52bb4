// The packages of others in dist/: which they are, their licences, and the list of them (CycloneDX).
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'))

/** Files are copied from this package, so no bundler names it. */
const copied = 'node_modules/swagger-ui-dist'

/** As npm's lockfile names it: from the first `node_modules` on, which may be a link to another place. */
const packageFolder = /node_modules\/(?:.*node_modules\/)?(?:@[^/]+\/)?[^/]+/

/**
 * The packages that files belong to, and the one whose files are copied, sorted by name.
 *
 * @param paths - of files, such as the inputs of esbuild's metafile
 * @throws AssertionError where another version is installed than package-lock.json says
 */
export function packagesOf(paths) {
  const folders = paths.flatMap((path) => packageFolder.exec(path) ?? [])
  const { packages: locked } = readJson('package-lock.json')
  return [...new Set([...folders, copied])].sort().map((folder) => {
    const { name, version, license } = readJson(join(folder, 'package.json'))
    assert.equal(version, locked[folder]?.version, `${folder} is not as locked: run npm ci`)
    assert.equal(typeof license, 'string', `${folder} does not say what its licence is`)
    return { folder, name, version, license, integrity: locked[folder].integrity }
  })
}

/**
 * The texts of all licences.
 *
 * @throws Error where a package comes without one and `licences/` has none for this version of it
 */
export function licencesOf(packages) {
  const texts = packages.flatMap((each) =>
    licenceFiles(each).map((path) => `${path}\n\n${readFileSync(path, 'utf8')}`),
  )
  return texts.join(`\n${'-'.repeat(80)}\n`)
}

function licenceFiles({ folder, name, version }) {
  const isNotice = (file) => /^notice/i.test(file)
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
  const paths = files.map((file) => join(folder, file))
  if (!files.every(isNotice)) return paths
  const kept = `licences/${name}@${version}.txt`
  if (existsSync(kept)) return [...paths, kept]
  throw new Error(
    `${folder} has no text of its licence: write it, and where it is from, in ${kept}`,
  )
}

/**
 * The list of packages in the form of CycloneDX 1.6. It says nothing of the time, so that one source has one list.
 *
 * @param project - the project's own package.json
 */
export const sbomOf = (packages, project) => ({
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: componentOf('application', project) },
  components: packages.map((each) => ({
    ...componentOf('library', each),
    hashes: [{ alg: 'SHA-512', content: sha512Of(each) }],
    ...(each.folder === copied && { components: partsOf(each) }),
  })),
})

function componentOf(type, { name, version, license }) {
  // https://github.com/package-url/purl-spec: only the sign before a scope is escaped.
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { type, 'bom-ref': purl, name, version, licenses: [{ expression: license }], purl }
}

/** The checksum of a package as it is published, in hexadecimal digits; npm has it in base64. */
function sha512Of({ name, integrity }) {
  const [, base64] = /^sha512-(\S+)$/.exec(integrity) ?? assert.fail(`${name}: ${integrity}`)
  return Buffer.from(base64, 'base64').toString('hex')
}

/** The packages in the copied files, which are bundles themselves. Source maps name them without versions. */
function partsOf({ folder }) {
  const maps = ['swagger-ui-bundle.js.map', 'swagger-ui.css.map']
  const sources = maps.flatMap((map) => readJson(join(folder, map)).sources)
  const names = sources.flatMap(
    (path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? [],
  )
  return [...new Set(names)].sort().map((name) => ({
    type: 'library',
    name,
    purl: `pkg:npm/${name.replace('@', '%40')}`,
  }))
}
