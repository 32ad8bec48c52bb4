// The second baseline: plain Fastify and TypeBox, without a contract to follow. It shows the framework's share of the
// ratio.
import { Type } from '@sinclair/typebox'
import Fastify from 'fastify'
import { stored } from '../webhook.js'

const Uuid = Type.String({ format: 'uuid' })
const WebhookInput = Type.Object({
  name: Type.String({ minLength: 1 }),
  entity: Type.Object({ identifier: Uuid, name: Type.String({ minLength: 1 }) }),
  enabled: Type.Boolean(),
  eventUrl: Type.String({ format: 'uri' }),
  eventList: Type.Array(Type.String()),
})
const Webhook = Type.Object({
  id: Uuid,
  createdDate: Type.String(),
  lastUpdate: Type.String(),
  version: Type.Integer(),
  ownerIdentifier: Uuid,
  ownerName: Type.String(),
  name: Type.String(),
  enabled: Type.Boolean(),
  eventUrl: Type.String(),
  eventList: Type.Array(Type.String()),
})

const app = Fastify()
app.post(
  '/api/managing-entity/:managingEntityIdentifier/webhook',
  {
    schema: {
      params: Type.Object({ managingEntityIdentifier: Uuid }),
      body: WebhookInput,
      response: { 201: Webhook },
    },
  },
  (request, reply) => {
    reply.code(201).send(stored(request.body))
  },
)
const address = await app.listen({ port: Number(process.env.PORT ?? 4010), host: '127.0.0.1' })
console.log(`listening on ${address}`)
