import t from 'tap'
import { entity, validBody, webhooksOf } from '../../fixtures/requests.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('Prefer: code= gets every documented problem, and stores nothing (CONTRACT §4)', (t) => {
  const cases: { code: number; headers?: Record<string, string | RegExp> }[] = [
    { code: 400 },
    {
      code: 401,
      headers: { 'www-authenticate': /^Bearer error="invalid_token", error_description="[^"]+"$/ },
    },
    {
      code: 403,
      headers: { 'www-authenticate': 'Bearer error="insufficient_scope", scope="account.write"' },
    },
    { code: 404 },
    { code: 405, headers: { allow: 'POST' } },
    { code: 409 },
    { code: 415, headers: { accept: 'application/json' } },
    { code: 500 },
    { code: 503, headers: { 'retry-after': '1' } },
  ]
  for (const { code, headers = {} } of cases) {
    t.test(`${code}`, async (t) => {
      const { create } = sandbox(t, { maxWebhooks: 1 })
      const response = await create({ headers: { prefer: `code=${code}` } })
      t.equal(response.statusCode, code)
      t.match(response.headers, { ...headers, 'preference-applied': `code=${code}` })
      t.match(problemOf(t, response), { instance: webhooksOf(entity), detail: `code=${code}` })
      t.equal((await create()).statusCode, 201, 'the place in the store is still free')
    })
  }
  t.end()
})

t.test('the syntax of Prefer (RFC 7240 §2)', (t) => {
  const cases: { prefer: string | string[]; status: number }[] = [
    { prefer: 'code="503"', status: 503 },
    { prefer: 'CODE=503', status: 503 },
    { prefer: 'code = 503', status: 503 },
    { prefer: 'code=503;foo="a, code=500; b"', status: 503 },
    { prefer: 'respond-async, wait=10, code=503', status: 503 },
    { prefer: 'x="a, code=500", code=503', status: 503 },
    { prefer: String.raw`x="\", code=500", code="5\03"`, status: 503 },
    { prefer: ', ,code=503', status: 503 },
    { prefer: ['respond-async', 'code=503'], status: 503 },
    { prefer: 'code=503, code=500', status: 503 },
    { prefer: 'code=999, code=500', status: 201 },
    { prefer: 'code=999', status: 201 },
    { prefer: 'code=200', status: 201 },
    { prefer: 'code=0503', status: 201 },
    { prefer: 'code=toString', status: 201 },
    { prefer: 'code', status: 201 },
    { prefer: 'code=', status: 201 },
    { prefer: 'code 503', status: 201 },
    { prefer: 'xcode=503', status: 201 },
    { prefer: 'code=503 more', status: 201 },
    { prefer: 'code=503"x"', status: 201 },
    { prefer: 'x=y z, code=503', status: 201 },
    { prefer: 'code=503;;', status: 503 },
    { prefer: 'a; code=503', status: 201 },
    { prefer: '(broken), code=503', status: 201 },
    { prefer: 'x="open, code=503', status: 201 },
    { prefer: '', status: 201 },
  ]
  for (const { prefer, status } of cases) {
    t.test(`${JSON.stringify(prefer)}: ${status}`, async (t) => {
      const response = await sandbox(t).create({ headers: { prefer } })
      t.equal(response.statusCode, status)
      t.equal(response.headers['preference-applied'], status === 201 ? undefined : 'code=503')
    })
  }
  t.end()
})

t.test(
  'reports F4: parameters without a value, and nothing between separators (RFC 7240 §2)',
  (t) => {
    const hidden = [
      'respond-async; wait=10, code=503',
      'foo; ;bar, code=503',
      'foo;bar, code=503',
      'foo;bar=, code=503',
      'foo;bar;baz=1;, code=503',
      'foo ; bar = "a;b, code=500" ; baz , code=503',
      'foo=1;bar, code=503',
      'foo="";;bar, code=503',
      'foo=, code=503',
      ';, code=503',
      '\tfoo;\tbar\t,\tcode=503',
      ',,;,foo,,code=503,',
      'code=503;foo;bar',
      'code=503 ; ; foo',
    ]
    const parameters = [
      'foo;code=503',
      'foo; ;code=503',
      'foo;bar;code=503',
      ';code=503',
      ';;code=503',
    ]
    const cases = [
      ...hidden.map((prefer) => ({ prefer, status: 503 })),
      ...parameters.map((prefer) => ({ prefer, status: 201 })),
      { prefer: 'foo;b c, code=503', status: 201 },
      { prefer: 'foo;"b", code=503', status: 201 },
    ]
    for (const { prefer, status } of cases) {
      t.test(`${JSON.stringify(prefer)}: ${status}`, async (t) => {
        t.equal((await sandbox(t).create({ headers: { prefer } })).statusCode, status)
      })
    }
    t.end()
  },
)

t.test('a long Prefer is read in linear time', async (t) => {
  const { create } = sandbox(t)
  for (const prefer of [
    ';'.repeat(15_000),
    `${' '.repeat(15_000)}"`,
    `a=${' '.repeat(15_000)}"`,
    `a;${' '.repeat(15_000)}x`,
    String.raw`\"`.repeat(7_000),
  ]) {
    t.equal((await create({ headers: { prefer } })).statusCode, 201)
  }
})

t.test('faults cover all of /api, and nothing else (CONTRACT §1 step 1)', async (t) => {
  const { app } = sandbox(t)
  const headers = { prefer: 'code=405' }
  const unknown = await app.inject({ url: '/api/unknown', headers })
  t.equal(unknown.statusCode, 405)
  t.equal(unknown.headers.allow, '', 'an unknown path allows no method')
  const put = await app.inject({
    method: 'PUT',
    url: webhooksOf(entity),
    headers,
    payload: validBody,
  })
  t.equal(put.headers.allow, 'POST')
  t.equal((await app.inject({ url: '/unknown', headers })).statusCode, 404)
  t.equal((await app.inject({ url: '/__admin/health', headers })).statusCode, 200)
})
