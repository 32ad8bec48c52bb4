import t from 'tap'
import type { Control, FaultRule } from '../../src/index.ts'
import { validBody } from '../fixtures/requests.ts'
import { sandbox } from '../fixtures/sandbox.ts'

/** All that a test hands over, by the method that takes it. */
const takers: Record<string, (control: Control, value: never) => unknown> = {
  'faults.arm': ({ faults }, value) => faults.arm(value),
  'faults.list': ({ faults }, value) => faults.list(value),
  'faults.clear': ({ faults }, value) => {
    faults.clear(value)
  },
  'requests.find': ({ requests }, value) => requests.find(value),
  'requests.count': ({ requests }, value) => requests.count(value),
  'requests.clear': ({ requests }, value) => {
    requests.clear(value)
  },
  'requests.wait': ({ requests }, value) => requests.wait(value),
  'webhooks.list': ({ webhooks }, value) => webhooks.list(value),
  'tenants.create': ({ tenants }, value) => tenants.create(value),
  tenant: (control, value) => control.tenant(value),
  'clock.set': ({ clock }, value) => clock.set(value),
  'clock.advance': ({ clock }, value) => clock.advance(value),
  reset: (control, value) => {
    control.reset(value)
  },
  'state.import': ({ state }, value) => {
    state.import(value)
  },
}

const values: { name: string; value: unknown; says: RegExp }[] = [
  { name: 'a proxy', value: new Proxy({}, {}), says: /which failed with DataCloneError: / },
  { name: 'a function', value: { only: () => 1 }, says: /which failed with DataCloneError: / },
  {
    name: 'a getter that throws',
    value: Object.defineProperty({}, 'only', {
      enumerable: true,
      get: () => {
        throw new Error('not now')
      },
    }),
    says: /which failed with Error: not now/,
  },
]

for (const [taker, take] of Object.entries(takers)) {
  for (const { name, value, says } of values) {
    t.test(`attacks 25: ${taker} refuses ${name}`, async (t) => {
      const { app, create } = sandbox(t)
      await create()
      const before = app.control.state.export()
      const error: unknown = await Promise.resolve()
        .then(() => take(app.control, value as never))
        .catch((refusal: unknown) => refusal)
      t.match(error, {
        name: taker === 'state.import' ? 'DataError' : 'ApiError',
        message: /#\/? ?must be plain data that can be copied, /,
        violations: [{ pointer: '#', detail: says }],
      })
      t.strictSame(app.control.state.export(), before)
    })
  }
}

t.test('attacks 25: members of a prototype do not count', (t) => {
  const { app } = sandbox(t)
  class Rule {
    get effect() {
      return { status: 503 }
    }
  }
  for (const rule of [new Rule(), Object.create({ effect: { status: 503 } })]) {
    t.throws(() => app.control.faults.arm(rule as FaultRule), {
      name: 'ApiError',
      message: 'The fault breaks 1 rule: #/effect must be present.',
    })
  }
  t.strictSame(app.control.faults.list(), [])
  t.end()
})

t.test('attacks 25: a getter is read once: what was checked is what acts', async (t) => {
  const { app, create } = sandbox(t)
  let status = 503
  const effect = {
    get status() {
      status += 1
      return status - 1
    },
  }
  t.match(app.control.faults.arm({ effect } as FaultRule).effect, { status: 503 })
  t.equal((await create()).statusCode, 503)
  const reads = { ...validBody, identifiers: 0 }
  const managingEntityIdentifier = '0c7e4a52-61d3-4f0e-9b1d-2f6f3c8a9e10'
  app.control.reset({
    get managingEntityIdentifier() {
      reads.identifiers += 1
      return managingEntityIdentifier
    },
  })
  t.equal(reads.identifiers, 1)
  t.equal(app.control.requests.count(), 1)
})

t.test('attacks 25: an id that is no text is refused, and says so', (t) => {
  const { app } = sandbox(t)
  const { faults, requests } = app.control
  const calls = [
    (id: never) => faults.get(id),
    (id: never) => {
      faults.remove(id)
    },
    (id: never) => requests.get(id),
  ]
  for (const call of calls) {
    for (const id of [5, null, undefined, {}, Symbol('x'), ['a']]) {
      t.throws(
        () => {
          call(id as never)
        },
        { name: 'ApiError', status: 400, message: /^The id breaks 1 rule: # must be / },
      )
    }
  }
  t.end()
})

t.test('a required member that is undefined is refused, and named', (t) => {
  const { app } = sandbox(t)
  t.throws(() => app.control.faults.arm({ effect: undefined as never }), {
    name: 'ApiError',
    message: 'The fault breaks 1 rule: #/effect must be an object.',
    violations: [{ pointer: '#/effect', detail: 'must be an object' }],
  })
  t.end()
})
