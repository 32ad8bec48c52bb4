// The first baseline: plain node:http, doing the same work by hand.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const webhooks = new Map()

const server = createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    if (request.method === 'GET') return response.writeHead(200).end('{}')
    const input = JSON.parse(Buffer.concat(chunks).toString())
    if (typeof input.name !== 'string' || !Array.isArray(input.eventList)) {
      return response.writeHead(400).end()
    }
    const now = new Date().toISOString()
    const { entity, ...rest } = input
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
    response
      .writeHead(201, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      .end(body)
  })
}).listen(Number(process.env.PORT ?? 4010), '0.0.0.0', () => {
  console.log(`listening on http://127.0.0.1:${server.address().port}`)
})
