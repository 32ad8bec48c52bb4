import t from 'tap'
import { seeded, webhookRequest } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

const stale =
  /^Changed by someone else: it has version 3 now\. Load it again and retry with that in If-Match\.$/
const malformed = /^Send If-Match as a version/

t.test('If-Match of an update; the version is 3 (CONTRACT §6; RFC 9110 §13.1.1)', async (t) => {
  const cases: { value: string | string[]; status: 200 | 400 | 409 }[] = [
    { value: '3', status: 200 },
    { value: '"3"', status: 200 },
    { value: 'W/"3"', status: 200 },
    { value: '*', status: 200 },
    { value: '2, 3', status: 200 },
    { value: '"1","2" ,\t"3"', status: 200 },
    { value: '"a,b", W/"3"', status: 200 },
    { value: ['2', '3'], status: 200 },
    { value: ['*', '*'], status: 200 },
    { value: ', "3",, ', status: 200 },
    { value: '2', status: 409 },
    { value: '4', status: 409 },
    { value: '33', status: 409 },
    { value: '03', status: 409 },
    { value: '"2"', status: 409 },
    { value: 'W/"2"', status: 409 },
    { value: '1, 2', status: 409 },
    { value: '""', status: 409 },
    { value: '"*"', status: 409 },
    { value: '"abc"', status: 409 },
    { value: '"2,3"', status: 409 },
    { value: '"\u00e9"', status: 409 },
    { value: '', status: 400 },
    { value: ',', status: 400 },
    { value: 'abc', status: 400 },
    { value: '-3', status: 400 },
    { value: '3.0', status: 400 },
    { value: '"3', status: 400 },
    { value: '3"', status: 400 },
    { value: "'3'", status: 400 },
    { value: 'w/"3"', status: 400 },
    { value: 'W/3', status: 400 },
    { value: '"2" "3"', status: 400 },
    { value: '2 3', status: 400 },
    { value: '3, x', status: 400 },
    { value: '"2, 3"', status: 400 },
  ]
  const { app } = sandbox(t)
  for (const { value, status } of cases) {
    await t.test(`${JSON.stringify(value)}: ${status}`, async (t) => {
      app.control.state.import({ webhooks: [seeded] })
      const headers = { 'if-match': value as string }
      const response = await app.inject(webhookRequest('PATCH', seeded.id, { headers }))
      t.equal(response.statusCode, status)
      if (status === 200) {
        t.match(response.json(), { version: 4 })
        return
      }
      t.match(problemOf(t, response).detail, status === 409 ? stale : malformed)
      t.strictSame(app.control.webhooks.list(), [seeded], 'nothing has changed')
    })
  }
})

t.test('the second of two concurrent updates is refused (CONTRACT §6)', async (t) => {
  const { app } = sandbox(t, { data: { webhooks: [seeded] } })
  const update = async (version: number): Promise<number> => {
    const headers = { 'if-match': `"${version}"` }
    return (await app.inject(webhookRequest('PATCH', seeded.id, { headers }))).statusCode
  }
  t.strictSame([await update(3), await update(3), await update(4)], [200, 409, 200])
})

t.test('the diagnosis names the rule', async (t) => {
  const { app } = sandbox(t, { data: { webhooks: [seeded] } })
  const rows = [
    { value: '2', rule: 'current-version' },
    { value: 'x', rule: 'if-match' },
  ]
  for (const { value, rule } of rows) {
    await app.inject(webhookRequest('PATCH', seeded.id, { headers: { 'if-match': value } }))
    t.match(app.control.requests.find().at(-1), { diagnosis: { refusedBy: { rule } } })
  }
})

t.test('a field of the maximum length is checked fast', async (t) => {
  const { app } = sandbox(t, { data: { webhooks: [seeded] } })
  for (const part of [',', ' ', '3', '"",', '3 ,', '"']) {
    const headers = { 'if-match': `${part.repeat(16_000 / part.length)}x` }
    const response = await app.inject(webhookRequest('PATCH', seeded.id, { headers }))
    t.equal(response.statusCode, 400, JSON.stringify(part))
  }
})
