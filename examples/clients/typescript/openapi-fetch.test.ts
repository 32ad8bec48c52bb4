// A client of openapi-fetch with types from openapi-typescript.
import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { before, test } from 'node:test'
import createClient, { type Client } from 'openapi-fetch'
import type { components, paths } from './generated/openapi-fetch.js'
import { apiUrl, iamUrl, inputOf, newEntity, unknownId } from './wink.js'

const collection = '/api/managing-entity/{managingEntityIdentifier}/webhook'
const one = '/api/managing-entity/{managingEntityIdentifier}/webhook/{id}'

const path = newEntity()
const body = inputOf(
  path.managingEntityIdentifier,
) satisfies components['schemas']['UpsertWebhookRequest']
let client: Client<paths>

/** A client with a token of its own for the scopes. */
async function clientFor(scope: string): Promise<Client<paths>> {
  const iam = createClient<paths>({ baseUrl: iamUrl })
  const { data } = await iam.POST('/oauth2/token', {
    body: {
      grant_type: 'client_credentials',
      client_id: 'openapi-fetch',
      client_secret: 'secret',
      scope,
    },
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  })
  ok(data)
  const headers = { Authorization: `Bearer ${data.access_token}`, 'Wink-Version': '2.0' }
  return createClient<paths>({ baseUrl: apiUrl, headers })
}

async function created(): Promise<components['schemas']['Webhook']> {
  const { data, response } = await client.POST(collection, { params: { path }, body })
  equal(response.status, 201)
  ok(data)
  return data
}

before(async () => {
  client = await clientFor('account.read account.write account.remove')
})

test('creates, lists, updates and deletes a webhook', async () => {
  const webhook = await created()
  equal(webhook.version, 1)

  const list = await client.GET(`${collection}/list`, { params: { path } })
  deepEqual(list.data?.at(-1), webhook)

  const params = { path: { ...path, id: webhook.id }, header: { 'If-Match': '1' } }
  const updated = await client.PATCH(one, { params, body: { ...body, enabled: false } })
  equal(updated.data?.version, 2)
  equal(updated.data.enabled, false)

  const stale = await client.PATCH(one, { params, body })
  equal(stale.response.status, 409)
  match(String(stale.error?.detail), /version/)

  const deleted = await client.DELETE(one, { params: { path: params.path } })
  equal(deleted.data?.success, true)
  equal((await client.GET(one, { params: { path: params.path } })).response.status, 404)
})

test('400: the problem points at what is wrong', async () => {
  const broken = { ...body, eventUrl: 'ftp://example.com' }
  const { error, response } = await client.POST(collection, { params: { path }, body: broken })
  equal(response.status, 400)
  deepEqual(
    error?.properties?.errors?.map(({ pointer }) => pointer),
    ['#/eventUrl'],
  )
})

test('401: the token is none', async () => {
  const stranger = createClient<paths>({
    baseUrl: apiUrl,
    headers: { Authorization: 'Bearer not a token' },
  })
  const { error, response } = await stranger.GET(`${collection}/list`, { params: { path } })
  equal(response.status, 401)
  equal(error?.title, 'Unauthorized')
})

test('403: the token may not write', async () => {
  const reader = await clientFor('account.read')
  const { response } = await reader.POST(collection, { params: { path }, body })
  equal(response.status, 403)
  match(String(response.headers.get('www-authenticate')), /insufficient_scope/)
})

test('404: there is no such webhook', async () => {
  const params = { path: { ...path, id: unknownId } }
  equal((await client.GET(one, { params })).response.status, 404)
})
