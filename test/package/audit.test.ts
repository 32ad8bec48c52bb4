import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import t, { type Test } from 'tap'
import { projectUrl } from '../fixtures/project.ts'

const advisory = {
  ...{ id: 1, url: 'https://advisories.example/1', title: 'It is bad', severity: 'high' },
  ...{ vulnerable_versions: '<5', cwe: [], cvss: { score: 7, vectorString: null } },
}
const published = { name: 'sonic-boom', 'dist-tags': {}, versions: { '4.2.1': {}, '5.0.2': {} } }

/** The answer of a registry, and the result of the audit. */
const answers = {
  'no advisory': { status: 200, body: {}, code: 0, says: /^\d+ packages are bundled, 0 of/ },
  'an advisory': {
    status: 200,
    body: { 'sonic-boom': [advisory] },
    code: 1,
    says: /^sonic-boom <5, high: It is bad \(https:\/\/advisories\.example\/1\)\n\d+ packages are bundled, 1 of/,
  },
  'no such service': { status: 405, body: {}, code: 2, says: /^The registry has not told .*405/ },
}

/** Runs the audit against a registry of its own; gives its exit code and output, and the request to the registry. */
async function audit(t: Test, cache: string, status: number, body: object) {
  let asked: unknown
  const registry = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      if (request.url !== '/-/npm/v1/security/advisories/bulk') {
        response.end(JSON.stringify(published))
        return
      }
      asked = JSON.parse(gunzipSync(Buffer.concat(chunks)).toString())
      response.writeHead(status).end(JSON.stringify(body))
    })
  })
  registry.listen(0, '127.0.0.1')
  t.teardown(() => registry.close())
  await once(registry, 'listening')
  const { port } = registry.address() as AddressInfo
  const url = `http://127.0.0.1:${port}/`
  // eslint-disable-next-line no-restricted-properties -- npm is found by it
  const words = ['-i', `PATH=${String(process.env['PATH'])}`, `npm_config_registry=${url}`]
  const settings = [`npm_config_cache=${cache}`, 'npm_config_fetch_retries=0']
  const program = fileURLToPath(projectUrl('build/audit.js'))
  return new Promise<{ code: unknown; said: string; asked: unknown }>((resolve) => {
    execFile('env', [...words, ...settings, process.execPath, program], (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, said: stderr + stdout, asked })
    })
  })
}

t.test('the audit says what the registry says', async (t) => {
  const caches = t.testdir({})
  const check = async (name: string): Promise<void> => {
    const { status, body, code, says } = answers[name as keyof typeof answers]
    const { asked, ...result } = await audit(t, join(caches, name), status, body)
    t.match(result, { code, said: says }, name)
    const list = readFileSync(projectUrl('dist/sbom.cdx.json'), 'utf8')
    const { components } = JSON.parse(list) as { components: { name: string; version: string }[] }
    const versionsAsked = Object.entries(asked as Record<string, string[]>)
    t.strictSame(
      versionsAsked.flatMap(([name, list]) => list.map((version) => `${name}@${version}`)).sort(),
      components.map(({ name, version }) => `${name}@${version}`).sort(),
      `${name}: it asks about all bundled packages, and nothing else`,
    )
  }
  await Promise.all(Object.keys(answers).map(check))
})
