// Asks the registry for known vulnerabilities of the bundled packages: npm run audit
// `npm audit` does not see them, because the package has no dependencies. Exit code: 0 without vulnerabilities, 1 with
// some, 2 if the registry gives no answer.
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** A lockfile of a project with these packages; aliases allow two versions of one package. */
function lockfileOf(components) {
  const entries = components.map(({ name, version }) => [`${name}-${version}`, { name, version }])
  const dependencies = entries.map(([alias, { name, version }]) => [
    alias,
    `npm:${name}@${version}`,
  ])
  const installed = entries.map(([alias, entry]) => [`node_modules/${alias}`, entry])
  const root = { dependencies: Object.fromEntries(dependencies) }
  return { lockfileVersion: 3, packages: { '': root, ...Object.fromEntries(installed) } }
}

/** Runs `npm audit` on these packages; gives its report. */
async function audit(components) {
  const folder = mkdtempSync(join(tmpdir(), 'wink-webhook-mock-audit-'))
  try {
    const lockfile = lockfileOf(components)
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockfile))
    writeFileSync(join(folder, 'package.json'), JSON.stringify(lockfile.packages['']))
    // `npm audit` ends with 1 both for vulnerabilities and without an answer of the registry.
    const run = promisify(execFile)('npm', ['audit', '--json'], { cwd: folder })
    const { stdout, message } = await run.catch((error) => error)
    return stdout ? JSON.parse(stdout) : { message }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const { components } = JSON.parse(readFileSync(new URL('../dist/sbom.cdx.json', import.meta.url)))
const { vulnerabilities, message } = await audit(components)
if (vulnerabilities === undefined) {
  console.error(`The registry has not told whether there are vulnerabilities: ${message}`)
  process.exit(2)
}
const found = Object.values(vulnerabilities)
for (const { range, via } of found) {
  for (const { name, severity, title, url } of via) {
    console.error(`${name} ${range}, ${severity}: ${title} (${url})`)
  }
}
console.log(`${components.length} packages are bundled, ${found.length} of them vulnerable.`)
process.exit(found.length > 0 ? 1 : 0)
