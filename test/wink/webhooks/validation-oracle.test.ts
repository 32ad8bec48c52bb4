import fc from 'fast-check'
import t from 'tap'
import { entity, validBody } from '../../fixtures/requests.ts'
import { sandbox } from '../../fixtures/sandbox.ts'

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0

const isUuid = (value: unknown): boolean =>
  isText(value) && value.length === 36 && /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)

/** Event URLs, and whether CONTRACT §2 allows them. */
const urls = new Map([
  [validBody.eventUrl, true],
  ['https://localhost:8443', true],
  ['https://user:pw@[::1]:1/x?y#z', true],
  ['http://api.example.com/hook', false],
  ['https://exa mple.com', false],
  ['https:///hook', false],
  ['https://example.com:65536', false],
  ['https://example.com\\x', false],
  ['', false],
])

/** A second, independent implementation of CONTRACT §2: the invalid fields of a body. */
function wrongMembers(body: unknown): string[] {
  if (!isObject(body)) return ['#']
  const { enabled, eventUrl } = body
  const wrong = [
    ...(isText(body['name']) ? [] : ['#/name']),
    ...wrongInEntity(body['entity']),
    ...(enabled === true || enabled === false ? [] : ['#/enabled']),
    ...(typeof eventUrl === 'string' && urls.get(eventUrl) ? [] : ['#/eventUrl']),
    ...wrongInList(body['eventList']),
  ]
  return wrong.length > 0 || sameEntity(body['entity']) ? wrong : ['#/entity/identifier']
}

function wrongInEntity(owner: unknown): string[] {
  if (!isObject(owner)) return ['#/entity']
  return [
    ...(isUuid(owner['identifier']) ? [] : ['#/entity/identifier']),
    ...(isText(owner['name']) ? [] : ['#/entity/name']),
  ]
}

function wrongInList(list: unknown): string[] {
  if (!Array.isArray(list)) return ['#/eventList']
  return list.flatMap((event, index) => (typeof event === 'string' ? [] : [`#/eventList/${index}`]))
}

const sameEntity = (owner: unknown): boolean =>
  isObject(owner) && String(owner['identifier']).toLowerCase() === entity

const junk = fc.oneof(
  fc.jsonValue({ maxDepth: 1 }),
  fc.constantFrom(null, true, 0, '', [], {}, 'true'),
)

/** Mostly valid, sometimes invalid, sometimes missing (`undefined`, which JSON omits). */
const mostly = <T>(right: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: right }, junk, fc.constant(undefined))

const bodies = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.record({
      name: mostly(fc.string({ minLength: 1, unit: 'grapheme' })),
      entity: mostly(
        fc.record({
          identifier: mostly(
            fc.constantFrom(entity, entity.toUpperCase(), fc.sample(fc.uuid(), 1)[0]),
          ),
          name: mostly(fc.string({ minLength: 1 })),
        }),
      ),
      enabled: mostly(fc.boolean()),
      eventUrl: mostly(fc.constantFrom(...urls.keys())),
      eventList: mostly(
        fc.array(
          mostly(fc.string()).map((event) => event ?? null),
          { maxLength: 5 },
        ),
      ),
      unknown: mostly(fc.jsonValue()),
    }),
  },
  junk,
)

t.test('the server agrees with an oracle of CONTRACT §2 on random bodies', async (t) => {
  const { create } = sandbox(t)
  const answers = { accepted: 0, refused: 0 }
  const agree = async (body: unknown): Promise<void> => {
    const payload = JSON.stringify(body)
    const wrong = wrongMembers(JSON.parse(payload))
    const response = await create({ payload })
    const { properties } = response.json<{ properties?: { errors?: { pointer: string }[] } }>()
    const pointers = (properties?.errors ?? []).map((error) => error.pointer)
    if (JSON.stringify([...pointers].sort()) !== JSON.stringify([...wrong].sort())) {
      throw new Error(`expected ${wrong.join()} but got ${pointers.join()}`)
    }
    if (response.statusCode !== (wrong.length === 0 ? 201 : 400)) {
      throw new Error(`unexpected ${response.statusCode}`)
    }
    answers[wrong.length === 0 ? 'accepted' : 'refused'] += 1
  }
  await fc.assert(fc.asyncProperty(bodies, agree), { numRuns: 2_000, examples: [[validBody]] })
  t.ok(
    answers.accepted > 50 && answers.refused > 50,
    `both sides are met: ${JSON.stringify(answers)}`,
  )
})
