import { execFileSync, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { METHODS } from 'node:http'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, InjectOptions } from 'fastify'
import t from 'tap'
import { greeting } from '../fixtures/program.ts'
import { projectUrl } from '../fixtures/project.ts'
import { entity, validBody, webhooksOf } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

// The package in dist/, which `npm test` builds first.
const dist = (name: string): URL => projectUrl(`dist/${name}`)

const body = JSON.stringify(validBody)

/** Runs a program in a new process with an empty environment, outside the coverage; gives the JSON that it prints. */
function saidBy(program: string, ...words: string[]): unknown {
  const nodeWords = ['--input-type=module', '--eval', program, '--', ...words]
  const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  return JSON.parse(execFileSync('env', ['-i', process.execPath, ...nodeWords], options)) as unknown
}

/** Paths that need no token. */
const pages = [
  '/openapi.json',
  '/__admin/openapi.json',
  '/__admin/health',
  '/.well-known/oauth-authorization-server',
  '/oauth2/jwks',
  '/reference',
  '/reference/reference.js',
  '/reference/swagger-ui-bundle.js',
  '/reference/swagger-ui.css',
  '/__admin/',
  '/__admin/console.js',
  '/__admin/style.css',
]

const script = `
  import { startSandbox } from ${JSON.stringify(dist('index.js').href)}
  const sandbox = await startSandbox({ seed: 1 })
  const [path, body, ...pages] = process.argv.slice(1)
  const headers = { authorization: 'Bearer t', 'content-type': 'application/json' }
  const created = await fetch(sandbox.url + path, { method: 'POST', headers, body })
  const statuses = await Promise.all(pages.map(async (path) => (await fetch(sandbox.url + path)).status))
  console.log(JSON.stringify({ webhook: await created.json(), stored: sandbox.webhooks.list(), statuses }))
  await sandbox.close()
`

t.test('the library as it is shipped answers as its sources do', (t) => {
  const said = saidBy(script, webhooksOf(entity), body, ...pages) as Record<string, unknown>
  const { webhook, stored, statuses } = said
  t.match(webhook, { id: String, ownerIdentifier: entity, version: 1 })
  t.strictSame(stored, [webhook])
  t.strictSame(
    statuses,
    pages.map(() => 200),
  )
  t.end()
})

t.test('so does the program', async (t) => {
  const words = [process.execPath, fileURLToPath(dist('cli.cjs')), '--port', '0']
  const program = spawn('env', ['-i', 'NODE_DISABLE_COMPILE_CACHE=1', ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  t.teardown(() => program.kill())
  const { url } = await greeting({ process: program })
  const authorization = 'Bearer t'
  const headers = { authorization, 'content-type': 'application/json' }
  const created = await fetch(url + webhooksOf(entity), { method: 'POST', headers, body })
  const { id } = (await created.json()) as { id: string }
  const webhook = `${webhooksOf(entity)}/${id}`
  for (const path of [...pages, webhook]) {
    const response = await fetch(url + path, { headers: { authorization } })
    t.equal(response.status, 200, path)
    t.not(await response.text(), '', path)
  }
})

/** The answers of an application to every method on paths of every kind; also run as text. */
async function survey(app: FastifyInstance, methods: readonly string[]): Promise<string[]> {
  const webhooks = '/api/managing-entity/d5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69/webhook'
  const paths = ['/', '/x', '/api', '/%61pi/x', '/oauth2', '/oauth2/token', '/oauth2/x', '/__admin']
  const others = ['/__admin/x', '/__admin/faults/1', webhooks, `${webhooks}/list`, `${webhooks}/1`]
  const answers = []
  for (const url of [...paths, ...others]) {
    for (const authorization of ['none', 'Bearer t']) {
      for (const method of methods) {
        const request = { method, url, headers: { authorization } } as InjectOptions
        const { statusCode, headers, body } = await app.inject(request)
        const facts = { ...headers, date: '', 'x-wink-mock-request-id': '' }
        answers.push(
          `${method} ${url} ${authorization}: ${statusCode} ${JSON.stringify(facts)} ${body}`,
        )
      }
    }
  }
  return answers
}

t.test('every method on every kind of path is answered as its sources do', async (t) => {
  const methods = METHODS.filter((method) => method !== 'CONNECT')
  const program = `
    import { buildApp } from ${JSON.stringify(dist('index.js').href)}
    console.log(JSON.stringify(await (${survey.toString()})(buildApp(), ${JSON.stringify(methods)})))
  `
  const shipped = saidBy(program) as string[]
  const expected = await survey(sandbox(t).app, methods)
  t.equal(expected.length, 13 * 2 * methods.length)
  for (const [index, answer] of expected.entries())
    t.equal(shipped[index], answer, answer.slice(0, 99))
})

t.test('the licences of what is bundled go along', (t) => {
  const licences = readFileSync(dist('THIRD-PARTY-LICENSES.txt'), 'utf8')
  const heads = licences.match(/^(?:node_modules|build\/licences)\/\S+$/gm) ?? []
  const { components } = bill()
  for (const { name } of components) {
    t.ok(
      heads.some((head) => head.includes(`/${name}/`) || head.includes(`/${name}@`)),
      name,
    )
  }
  t.match(licences, /Copyright \(c\) James Sumners/, 'abstract-logging comes without one')
  t.match(readFileSync(dist('reference/LICENSE'), 'utf8'), /Apache License/)
  t.end()
})

interface Component {
  readonly name: string
  readonly version: string
  readonly purl: string
  readonly licenses: readonly { expression: string }[]
  readonly hashes: readonly { content: string }[]
  readonly components?: readonly { name: string }[]
}

/** The list of bundled packages. */
const bill = (): { readonly components: readonly Component[] } =>
  JSON.parse(readFileSync(dist('sbom.cdx.json'), 'utf8')) as { components: Component[] }

t.test('a list names all that is bundled, with the versions that are installed', (t) => {
  const files = saidBy(`
    import { bundle, writeConsole } from ${JSON.stringify(projectUrl('build/build.js').href)}
    const { inputs } = await bundle(false)
    console.log(JSON.stringify([...inputs, ...(await writeConsole(${JSON.stringify(t.testdir())}))]))
  `) as string[]
  const folders = files.flatMap((file) =>
    file.includes('node_modules/')
      ? file.replace(
          /(?<=.*node_modules\/(?:@[^/]*\/)?)(?!@)([^/@]+)\/(?!.*node_modules\/).*/,
          '$1',
        )
      : [],
  )
  t.ok(folders.length > 300)
  const installed = [...new Set(folders), 'node_modules/swagger-ui-dist'].map((folder) => {
    const text = readFileSync(projectUrl(`${folder}/package.json`), 'utf8')
    const { name, version } = JSON.parse(text) as Component
    return `${name}@${version}`
  })
  const { components, ...head } = bill()
  t.strictSame(components.map(({ name, version }) => `${name}@${version}`).sort(), installed.sort())
  t.match(head, { bomFormat: 'CycloneDX', specVersion: '1.6' })
  for (const { name, version, purl, licenses, hashes } of components) {
    t.equal(decodeURIComponent(purl), `pkg:npm/${name}@${version}`)
    t.match(licenses, [{ expression: /^[A-Z]/ }], name)
    t.match(hashes, [{ content: /^[0-9a-f]{128}$/ }], name)
  }
  const page = components.find(({ name }) => name === 'swagger-ui-dist')
  const parts = page?.components?.map(({ name }) => name) ?? []
  for (const name of ['react', 'dompurify', 'tachyons-sass', '@swagger-api/apidom-core']) {
    t.ok(parts.includes(name), `${name} is in the reference page`)
  }
  t.end()
})

t.test('no package is bundled without the text of its licence', (t) => {
  const folder = t.testdir({ 'package.json': '{}', NOTICE: 'This is no licence.' })
  const said = saidBy(`
    import { licencesOf } from ${JSON.stringify(projectUrl('build/packages.js').href)}
    const told = (version) => {
      try {
        const folder = ${JSON.stringify(folder)}
        return licencesOf([{ folder, name: 'abstract-logging', version }])
      } catch ({ message }) {
        return message
      }
    }
    console.log(JSON.stringify([told('9.9.9'), told('2.0.1')]))
  `) as string[]
  const kept = 'build/licences/abstract-logging@9.9.9.txt'
  t.equal(
    said[0],
    `${folder} has no text of its licence: write it, and where it is from, in ${kept}`,
  )
  t.match(said[1], /MIT License/)
  t.end()
})
