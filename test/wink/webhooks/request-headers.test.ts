import t from 'tap'
import { createRequest, webhookRequest } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('Content-Type (CONTRACT §2)', (t) => {
  const cases: { value: string | undefined; status: number }[] = [
    { value: 'application/json', status: 201 },
    { value: 'Application/JSON', status: 201 },
    { value: 'application/json;charset=utf-8', status: 201 },
    { value: 'application/json; charset=UTF-8', status: 201 },
    { value: 'application/json; charset=utf8', status: 201 },
    { value: 'application/json ; charset="utf-8"', status: 201 },
    { value: 'application/json; CHARSET=utf-8', status: 201 },
    { value: 'application/json;', status: 201 },
    { value: 'application/json; profile="a;b"; x=y', status: 201 },
    { value: 'application/json; note="charset=latin1"', status: 201 },
    { value: 'application/json; charset=iso-8859-1', status: 415 },
    { value: 'application/json; charset=utf-16', status: 415 },
    { value: 'application/json; charset=utf-8; charset=utf-16', status: 201 },
    { value: 'application/json; charset=utf-16; charset=utf-8', status: 415 },
    { value: 'application/json; charset', status: 415 },
    { value: 'application/json, application/json', status: 415 },
    { value: 'application/problem+json', status: 415 },
    { value: 'application/jsonx', status: 415 },
    { value: 'text/json', status: 415 },
    { value: 'text/plain', status: 415 },
    { value: 'application/x-www-form-urlencoded', status: 415 },
    { value: '*/*', status: 415 },
    { value: 'json', status: 415 },
    { value: '', status: 415 },
    { value: undefined, status: 415 },
  ]
  for (const { value, status } of cases) {
    t.test(`${value ?? 'none'}: ${status}`, async (t) => {
      const response = await sandbox(t).create({ headers: { 'content-type': value } })
      t.equal(response.statusCode, status)
      if (status === 201) return
      problemOf(t, response)
      t.equal(response.headers.accept, 'application/json', 'says what it takes (CONTRACT §4)')
    })
  }
  t.test('none, and no body either: 415', async (t) => {
    const response = await sandbox(t).create({
      headers: { 'content-type': undefined },
      payload: '',
    })
    t.equal(response.statusCode, 415)
  })
  t.end()
})

t.test('Wink-Version (CONTRACT §2)', (t) => {
  const cases: { value: string | string[]; status: number }[] = [
    { value: '2.0', status: 201 },
    { value: '2.0.0', status: 201 },
    { value: '2', status: 400 },
    { value: 'v2.0', status: 400 },
    { value: '2.1', status: 400 },
    { value: '3.0', status: 400 },
    { value: '', status: 400 },
    { value: '2.0, 2.0', status: 400 },
    { value: ['2.0', '2.0'], status: 400 },
    { value: ['2.0', '3.0'], status: 400 },
  ]
  for (const { value, status } of cases) {
    t.test(`${JSON.stringify(value)}: ${status}`, async (t) => {
      const response = await sandbox(t).create({ headers: { 'wink-version': value } })
      t.equal(response.statusCode, status)
      if (status === 400) t.match(problemOf(t, response).detail, /"Wink-Version: 2\.0"/)
    })
  }
  t.test('none: 201', async (t) => {
    const request = createRequest()
    delete request.headers?.['wink-version']
    t.equal((await sandbox(t).app.inject(request)).statusCode, 201)
  })
  t.end()
})

t.test(
  'winkVersion require: a missing field is 400, by its rule, for every operation',
  async (t) => {
    const { app } = sandbox(t, { switches: { winkVersion: 'require' } })
    const detail =
      'Send "Wink-Version: 2.0" once; --wink-version check accepts a request without it, ignore any.'
    const id = '14ebec38-30a5-4c2a-8200-1bb8539bb073'
    const requests = [
      createRequest(),
      ...['list', 'event/list', id].map((path) => webhookRequest('GET', path)),
      webhookRequest('PATCH', id),
      webhookRequest('DELETE', id),
    ]
    for (const request of requests) {
      delete request.headers?.['wink-version']
      const response = await app.inject(request)
      t.equal(response.statusCode, 400)
      t.equal(problemOf(t, response).detail, detail)
    }
    for (const { diagnosis } of app.control.requests.find()) {
      t.match(diagnosis.refusedBy, { rule: 'wink-version', detail })
      t.notMatch(diagnosis.hints.join(), 'Wink-Version')
    }
  },
)

t.test('Accept is ignored (CONTRACT §1)', async (t) => {
  const { create } = sandbox(t)
  for (const accept of ['text/html', 'image/png', 'nonsense', '']) {
    const result = await create({ headers: { accept } })
    t.equal(result.statusCode, 201)
    t.equal(result.headers['content-type'], 'application/json')
    problemOf(t, await create({ headers: { accept }, payload: 'null' }))
  }
})
