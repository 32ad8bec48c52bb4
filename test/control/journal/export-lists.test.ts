import t from 'tap'
import type { Har } from '../../../src/index.ts'
import { entity, otherEntity, webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const path = webhooksOf(entity)

t.test('every form of a list has the same filters, order and limit', async (t) => {
  const { app, create: send } = sandbox(t)
  for (const url of [path, webhooksOf(otherEntity), path]) await send({ url })
  const { requests } = app.control
  const query = `managingEntityIdentifier=${entity}&order=desc&limit=1`
  const list = { managingEntityIdentifier: entity, order: 'desc', limit: 1 } as const
  const [last] = requests.find(list)
  const ids = [String(last?.id)]
  const asked = {
    query: (format: string) => app.inject(`/__admin/requests?format=${format}&${query}`),
    ids: (format: string) => app.inject(`/__admin/requests?format=${format}&ids=${ids.join()}`),
    body: (format: string) => find({ ...list, format }),
    'body with ids': (format: string) => find({ ids, format }),
  }
  const find = (payload: object) =>
    app.inject({ method: 'POST', url: '/__admin/requests/find', payload })
  for (const [name, get] of Object.entries(asked)) {
    const archive = await get('har')
    t.equal(archive.headers['content-type'], 'application/har+json', name)
    const har = archive.json<Har>()
    t.match(har.log.entries, [{ comment: ids[0] }], name)
    t.equal(har.log.entries.length, 1, name)
    const text = (await get('http')).body
    t.equal(text.replaceAll('http://localhost:80', 'http://localhost'), requests.http(list), name)
    t.match(text, ids[0], name)
    t.equal(text.match(/^### .* create-webhook$/gm)?.length, 1, name)
    t.same((await get('json')).json(), { requests: [last] }, name)
    const problem = problemOf(t, await get('xml'))
    t.match(problem, { status: 400, properties: { errors: [{ pointer: '#/format' }] } }, name)
  }
  t.match(requests.har({ ids }).log.entries, [{ comment: ids[0] }])
  t.equal(requests.http({ ids }), requests.http(list))
})

t.test('a long archive is sent in pieces, and is the same', async (t) => {
  const { app, create: send } = sandbox(t)
  for (let count = 0; count < 200; count += 1) await send()
  for (const [format, whole] of [
    ['har', JSON.stringify(app.control.requests.har({}))],
    ['http', app.control.requests.http({})],
  ] as const) {
    const response = await app.inject(`/__admin/requests?format=${format}`)
    t.equal(response.headers['content-length'], undefined)
    t.equal(response.body.replaceAll('http://localhost:80', 'http://localhost'), whole)
  }
})
