// A client that swagger-typescript-api makes, with a method for each operation.
import { deepEqual, equal, match, rejects } from 'node:assert/strict'
import { before, test } from 'node:test'
import { Api, type HttpResponse, type Problem } from './generated/swagger-typescript-api.js'
import { apiUrl, iamUrl, inputOf, newEntity, unknownId } from './wink.js'

const { managingEntityIdentifier: entity } = newEntity()
const input = inputOf(entity)
let client: Api<string>

/** A client that sends a token with every request of webhooks. */
function clientWith(token: string): Api<string> {
  const securityWorker = (data: string | null) => ({ headers: { Authorization: `Bearer ${data}` } })
  const client = new Api<string>({ baseUrl: apiUrl, securityWorker })
  client.setSecurityData(token)
  return client
}

async function tokenFor(scope: string): Promise<string> {
  const credentials = { client_id: 'swagger-typescript-api', client_secret: 'secret' }
  const iam = new Api({ baseUrl: iamUrl })
  const grant = { grant_type: 'client_credentials' as const, scope, ...credentials }
  return (await iam.oauth2.createToken(grant)).data.access_token
}

/** What a refused request is rejected with. */
const refusal = (status: number) => (answer: HttpResponse<unknown, Problem>) => {
  equal(answer.status, status)
  equal(answer.error.status, status, 'the problem says it too')
  return true
}

before(async () => {
  client = clientWith(await tokenFor('account.read account.write account.remove'))
})

test('creates, lists, updates and deletes a webhook', async () => {
  const { data: webhook } = await client.api.createWebhook(entity, input)
  equal(webhook.version, 1)
  deepEqual((await client.api.showWebhooks(entity)).data, [webhook])

  const meant = { headers: { 'If-Match': '1' } }
  const changed = { ...input, enabled: false }
  const { data: updated } = await client.api.updateWebhook(entity, webhook.id, changed, meant)
  equal(updated.version, 2)
  await rejects(client.api.updateWebhook(entity, webhook.id, input, meant), refusal(409))

  equal((await client.api.deleteWebhook(entity, webhook.id)).data.success, true)
  await rejects(client.api.loadWebhook(entity, webhook.id), refusal(404))
})

test('400: the problem points at what is wrong', async () => {
  await rejects(client.api.createWebhook(entity, { ...input, name: '' }), (answer) => {
    const { error } = answer as HttpResponse<unknown, Problem>
    return refusal(400)(answer as never) && error.properties?.errors?.[0]?.pointer === '#/name'
  })
})

test('401: the token is none', async () => {
  await rejects(clientWith('not a token').api.showWebhooks(entity), refusal(401))
})

test('403: the token may not write', async () => {
  const reader = clientWith(await tokenFor('account.read'))
  await rejects(reader.api.createWebhook(entity, input), (answer) => {
    const { headers } = answer as HttpResponse<unknown, Problem>
    match(String(headers.get('www-authenticate')), /insufficient_scope/)
    return refusal(403)(answer as never)
  })
})

test('404: there is no such webhook', async () => {
  await rejects(client.api.loadWebhook(entity, unknownId), refusal(404))
})
