import { Value } from '@sinclair/typebox/value'
import t from 'tap'
import type * as Page from '../../../docs/ambiguities.js'
import { Ambiguities, ambiguitiesOf } from '../../../src/wink/switches/ambiguities.ts'
import { eventTypes } from '../../../src/wink/webhooks/event-types.ts'
import { defaultSwitches, switchNames } from '../../../src/wink/switches/switches.ts'
import { projectText, projectUrl } from '../../fixtures/project.ts'
import { problemOf, sandbox } from '../../fixtures/sandbox.ts'

t.test('GET /__admin/ambiguities lists every switch, without a token', async (t) => {
  const { app } = sandbox(t)
  const response = await app.inject('/__admin/ambiguities')
  t.equal(response.statusCode, 200)
  t.equal(response.headers['content-type'], 'application/json')
  const answer = response.json<Ambiguities>()
  t.ok(Value.Check(Ambiguities, answer))
  t.strictSame(
    answer.ambiguities.map(({ name }) => name),
    switchNames,
  )
  for (const ambiguity of answer.ambiguities) {
    const { name, question, values, reason, source } = ambiguity
    t.equal(ambiguity.current, ambiguity.default, name)
    t.equal(ambiguity.default, defaultSwitches[name as keyof typeof defaultSwitches])
    t.ok(values.includes(ambiguity.default) && values.length > 1)
    t.match(question, /\?$/)
    t.match(reason, /^[A-Z].*\.$/)
    t.match(source, /; CONTRACT §[1-6]$/)
  }
  t.match(answer.ambiguities[0], {
    name: 'allowHttpEventUrls',
    flag: '--allow-http-event-urls',
    environment: 'WINK_MOCK_ALLOW_HTTP_EVENT_URLS',
    values: ['none', 'loopback', 'any'],
    default: 'none',
  })
})

t.test('the list shows current values', async (t) => {
  const { app } = sandbox(t, { switches: { firstVersion: 0, timestamps: 'local' } })
  const { ambiguities } = (await app.inject('/__admin/ambiguities')).json<Ambiguities>()
  const row = (name: string) => ambiguities.find((ambiguity) => ambiguity.name === name)
  t.match(row('firstVersion'), { values: [0, 1], default: 1, current: 0 })
  t.match(row('timestamps'), { values: ['utc', 'local'], default: 'utc', current: 'local' })
  t.match(row('winkVersion'), { default: 'check', current: 'check' })
})

t.test('other verbs are 405', async (t) => {
  const { app } = sandbox(t)
  const url = '/__admin/ambiguities'
  t.equal((await app.inject({ method: 'HEAD', url })).statusCode, 200)
  const response = await app.inject({ method: 'POST', url })
  t.equal(problemOf(t, response).status, 405)
  t.equal(response.headers.allow, 'GET, HEAD')
})

t.test('docs/fidelity.md is up to date; npm run docs writes it', async (t) => {
  const script = projectUrl('docs/ambiguities.js').href
  const { withSwitches } = (await import(script)) as typeof Page
  const page = projectText('docs/fidelity.md')
  const list = ambiguitiesOf(defaultSwitches)
  t.equal(withSwitches(page, list), page)
  t.not(withSwitches(page, list.slice(1)), page, 'a switch that is missing shows')
  const [, section = ''] = page.split('\n## Switches\n')
  const [before = ''] = page.split('\n## Switches\n')
  for (const name of switchNames) {
    t.ok(section.includes(`### \`${name}\`\n`))
    t.ok(before.includes(`switch \`${name}\``), `${name} is named where its rule stands`)
  }
})

t.test("Wink's catalogue has 105 event types, none twice", (t) => {
  t.equal(new Set(eventTypes.map(({ value }) => value)).size, 105)
  t.equal(eventTypes.length, 105)
  t.strictSame(eventTypes[0], { value: 'managing_entity.created', label: 'Entity created' })
  t.end()
})
