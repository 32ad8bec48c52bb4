// mockttp is a library that stores and checks nothing itself; the answer is made here.
import { getLocal } from 'mockttp'
import { stored } from '../../webhook.js'

const server = getLocal({ recordTraffic: false })
await server.start(Number(process.env.PORT))
await server.forPost(/\/api\/managing-entity\/[^/]+\/webhook$/).thenCallback(async (request) => {
  const body = JSON.stringify(stored(await request.body.getJson()))
  // Without a length it closes the connection after each answer.
  const length = String(Buffer.byteLength(body))
  const headers = { 'content-type': 'application/json', 'content-length': length }
  return { statusCode: 201, headers, body }
})
