// Cost of a sandbox for each test: start, first create and close, repeated in one process. The baseline is a bare Fastify
// route without schemas.
//
//   node bench/lifecycle.js sandbox | fastify     prints medians in ms as JSON; figures.js runs both
import { create } from './start.js'
import { median } from './statistics.js'
import { stored } from './webhook.js'

const rounds = Number(process.env.LIFECYCLES ?? 200)

/** Functions that start each subject in this process; they give its port and a function that closes it. */
const subjects = {
  sandbox: async () => {
    const { startSandbox } = await import('../dist/index.js')
    return async () => {
      const { url, close } = await startSandbox()
      return { port: new URL(url).port, close }
    }
  },
  fastify: async () => {
    const { fastify } = await import('fastify')
    return async () => {
      const app = fastify()
      app.post('/api/managing-entity/:managingEntityIdentifier/webhook', ({ body }, reply) =>
        reply.code(201).send(stored(body)),
      )
      await app.listen({ port: 0, host: '127.0.0.1' })
      return { port: app.server.address().port, close: () => app.close() }
    }
  },
}

const start = await subjects[process.argv[2]]()
const figures = { start: [], create: [], close: [], all: [] }
for (let round = 0; round < rounds; round += 1) {
  const began = performance.now()
  const { port, close } = await start()
  const started = performance.now()
  const status = await create(port)
  if (status !== 201) throw new Error(`it answered ${status}`)
  const created = performance.now()
  await close()
  const closed = performance.now()
  figures.start.push(started - began)
  figures.create.push(created - started)
  figures.close.push(closed - created)
  figures.all.push(closed - began)
}
const medians = Object.entries(figures).map(([name, all]) => [name, median(all)])
console.log(JSON.stringify(Object.fromEntries(medians)))
