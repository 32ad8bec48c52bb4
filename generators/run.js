// Gives the documents of a fresh sandbox to the tools that users have: validates them, generates clients and compiles
// them, and runs collections of Postman.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { startSandbox } from '../dist/index.js'
import { runCollection } from './collection.js'
import { generate } from './generate.js'
import { validate } from './validate.js'

const paths = { api: '/openapi.json', control: '/__admin/openapi.json' }

rmSync('generated', { recursive: true, force: true })
const receiver = createServer((_request, response) => response.end()).listen(0, '127.0.0.1')
await once(receiver, 'listening')
const deliverTo = `http://127.0.0.1:${receiver.address().port}`
for (const version of ['3.1', '3.0']) {
  const sandbox = await startSandbox({ deliverTo })
  try {
    // By default, any token will do.
    let environment = { values: [{ key: 'bearerToken', value: 'test' }] }
    for (const [name, path] of Object.entries(paths)) {
      const answer = await fetch(`${sandbox.url}${path}?openapi=${version}`)
      const document = await answer.json()
      await validate(document, version)
      const folder = `generated/${name}-${version}`
      mkdirSync(folder, { recursive: true })
      writeFileSync(`${folder}/openapi.json`, JSON.stringify(document))
      await generate(`./${folder}/openapi.json`, folder)
      environment = await runCollection(document, environment)
      if (name === 'api') await createWebhook(sandbox.url, document)
    }
  } finally {
    await sandbox.close()
  }
}
receiver.close()
execFileSync('node_modules/.bin/tsc', { stdio: 'inherit' })

/** Creates the webhook of the example again, for events: the last request of the collection deletes it. */
async function createWebhook(url, { paths }) {
  const [path, { post }] = Object.entries(paths).find(
    ([, item]) => item.post?.operationId === 'create-webhook',
  )
  const { example } = post.requestBody.content['application/json']
  const response = await fetch(url + path.replace(/{\w+}/, example.entity.identifier), {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify(example),
  })
  if (response.status !== 201) throw new Error(`create-webhook: ${await response.text()}`)
}
