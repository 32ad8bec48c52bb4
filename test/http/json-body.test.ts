import fc from 'fast-check'
import t from 'tap'
import { validBody } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const valid = JSON.stringify(validBody)

t.test('what is not JSON is 400 and says where it breaks (CONTRACT §4)', (t) => {
  const cases: { body: string; says: RegExp }[] = [
    { body: '', says: /^The body is empty/ },
    { body: '  \n\t', says: /line 2, column 2: expected a value\./ },
    {
      body: '{"name": tru}',
      says: /line 1, column 10: expected a value, or a name in double quotes\./,
    },
    { body: '{\n  "name" "x"\n}', says: /line 2, column 10: expected a colon\./ },
    { body: '{"name":"x"', says: /line 1, column 12: expected a comma or }\./ },
    { body: '{"name":"x",}', says: /line 1, column 13: expected a member name\./ },
    {
      body: '{name:"x"}',
      says: /line 1, column 2: expected a value, or a name in double quotes\./,
    },
    { body: '{]', says: /line 1, column 2: expected a member name\./ },
    { body: '[1 2]', says: /line 1, column 4: expected a comma or the closing bracket\./ },
    { body: '[1}', says: /line 1, column 3: expected a comma or the closing bracket\./ },
    { body: '[', says: /line 1, column 2: expected a comma or \]\./ },
    { body: '[1,]', says: /line 1, column 4: expected a value\./ },
    { body: `${valid}{}`, says: /expected nothing more\./ },
    { body: '{} {}', says: /line 1, column 4: expected nothing more\./ },
    { body: '01', says: /line 1, column 2: expected nothing more\./ },
    { body: '"\u0001"', says: /line 1, column 1: expected no control character in this string\./ },
    { body: '{"name":"open', says: /line 1, column 9: expected the end of this string\./ },
    { body: '{"na\\qme":1}', says: /line 1, column 2: expected no such escape in this string\./ },
    { body: '"\\u12"', says: /column 1: expected four hex digits behind \\u in this string\./ },
    { body: '[1.]', says: /column 2: expected the rest of this number\./ },
    { body: '{} // all', says: /column 4: expected no comment\./ },
    { body: '['.repeat(200_000), says: /nested too deeply, to say where\./ },
    { body: '[1 "two"]', says: /line 1, column 4: expected a comma or the closing bracket\./ },
    { body: "{'name': 1}", says: /line 1, column 2/ },
    {
      body: '[[], {"a": [null, -1.5e+3, "\\u00e9\\n"]}, NaN]',
      says: /column 42: expected a value/,
    },
  ]
  for (const { body, says } of cases) {
    t.test(JSON.stringify(body.slice(0, 80)), async (t) => {
      const response = await sandbox(t).create({ payload: body })
      t.equal(response.statusCode, 400)
      const { detail, properties } = problemOf(t, response)
      t.match(detail, says)
      t.equal(properties, undefined, 'broken JSON has no list of errors')
    })
  }
  t.end()
})

t.test('the place is the end of the longest text that some JSON starts with', async (t) => {
  const { create } = sandbox(t)
  await fc.assert(
    fc.asyncProperty(fc.json(), fc.nat(), async (json, seed) => {
      const at = seed % json.length
      const response = await create({ payload: `${json.slice(0, at)}\u0007` })
      const column = /column (\d+)/.exec(problemOf(t, response).detail)?.[1]
      // A token that is cut off is wrong from its start.
      return Number(column) <= at + 1
    }),
    { numRuns: 100 },
  )
})

t.test('the body is UTF-8 (CONTRACT §2; RFC 8259 §8.1)', (t) => {
  const latin1 = Buffer.from(JSON.stringify({ ...validBody, name: 'Café' }), 'latin1')
  const cases: { name: string; payload: Buffer; status: number; says?: RegExp }[] = [
    { name: 'a BOM is skipped', payload: Buffer.from(`\ufeff${valid}`), status: 201 },
    {
      name: 'U+FFFD itself',
      payload: Buffer.from(valid.replace('Booking', '\ufffd')),
      status: 201,
    },
    {
      name: 'two BOMs',
      payload: Buffer.from(`\ufeff\ufeff${valid}`),
      status: 400,
      says: /column 1/,
    },
    { name: 'Latin-1', payload: latin1, status: 400, says: /not UTF-8: byte 13 is wrong/ },
    {
      name: 'a stray byte behind U+FFFD',
      payload: Buffer.concat([Buffer.from('"\ufffd'), Buffer.of(0x80, 0x22)]),
      status: 400,
      says: /byte 5 is wrong/,
    },
    { name: 'UTF-16', payload: Buffer.from(valid, 'utf16le'), status: 400, says: /column 2/ },
    { name: 'a lone surrogate', payload: Buffer.of(0x22, 0xed, 0xa0, 0x80, 0x22), status: 400 },
  ]
  for (const { name, payload, status, says } of cases) {
    t.test(`${name}: ${status}`, async (t) => {
      const response = await sandbox(t).create({ payload })
      t.equal(response.statusCode, status)
      if (says) t.match(problemOf(t, response).detail, says)
    })
  }
  t.end()
})

t.test('of members given twice the last counts (CONTRACT §2)', async (t) => {
  const { create } = sandbox(t)
  const twice = await create({ payload: valid.replace('{', '{"name":1,') })
  t.equal(twice.statusCode, 201)
  const wrongLast = await create({ payload: valid.replace(/}$/, ',"name":1}') })
  t.equal(wrongLast.statusCode, 400)
})

t.test('deep nesting hurts nobody (CONTRACT §2)', async (t) => {
  const { create } = sandbox(t)
  const depth = 500_000
  const deep = '['.repeat(depth) + ']'.repeat(depth)
  t.equal((await create({ payload: deep })).statusCode, 400)
  t.equal((await create({ payload: deep.slice(0, -1) })).statusCode, 400)
  t.equal((await create({ payload: valid.replace('{', `{"x":${deep},`) })).statusCode, 201)
  const nested = JSON.stringify({ ...validBody, eventList: 0 }).replace('0}', `${deep}}`)
  t.equal((await create({ payload: nested })).statusCode, 400)
})

t.test(
  'a body over 1 MiB is 413, in its place in the order (CONTRACT §1 step 7, §4)',
  async (t) => {
    const { create } = sandbox(t)
    const limit = 1024 * 1024
    const fitting = valid.padEnd(limit, ' ')
    t.equal((await create({ payload: fitting })).statusCode, 201)
    const response = await create({ payload: `${fitting} ` })
    t.equal(response.statusCode, 413)
    t.equal(problemOf(t, response).title, 'Content Too Large')
    const headers = { 'wink-version': '1.0' }
    t.equal((await create({ payload: `${fitting} `, headers })).statusCode, 400, 'step 6 first')
  },
)

t.test(
  'a body that is not as long as its Content-Length, which app.inject can send, is 400',
  async (t) => {
    const headers = { 'content-length': String(valid.length + 1) }
    const response = await sandbox(t).create({ payload: valid, headers })
    t.equal(response.statusCode, 400)
    t.match(problemOf(t, response).detail, /not as long as Content-Length/)
  },
)
