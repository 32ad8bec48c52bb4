// mockttp is a library, which stores and checks nothing by itself: the answer is made here.
import { randomUUID } from 'node:crypto'
import { getLocal } from 'mockttp'

const webhooks = new Map()
const server = getLocal({ recordTraffic: false })
await server.start(Number(process.env.PORT))
await server.forPost(/\/api\/managing-entity\/[^/]+\/webhook$/).thenCallback(async (request) => {
  const { entity, ...rest } = await request.body.getJson()
  const now = new Date().toISOString()
  const webhook = {
    id: randomUUID(),
    createdDate: now,
    lastUpdate: now,
    version: 1,
    ownerIdentifier: entity.identifier,
    ownerName: entity.name,
    ...rest,
  }
  webhooks.set(webhook.id, webhook)
  const body = JSON.stringify(webhook)
  // Without the length it would close the connection behind each answer.
  const length = String(Buffer.byteLength(body))
  const headers = { 'content-type': 'application/json', 'content-length': length }
  return { statusCode: 201, headers, body }
})
