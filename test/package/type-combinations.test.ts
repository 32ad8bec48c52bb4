import t from 'tap'
import { buildApp } from '../../src/index.ts'
import { brokenLines } from '../fixtures/declarations.ts'
import { entity, webhookData } from '../fixtures/requests.ts'

/** All objects whose members have one of the given values, or are left out. */
function combinations(values: Readonly<Record<string, readonly unknown[]>>): object[] {
  let objects: object[] = [{}]
  for (const [name, choices] of Object.entries(values)) {
    objects = objects.flatMap((object) => [
      object,
      ...choices.map((value) => ({ ...object, [name]: value })),
    ])
  }
  return objects
}

const { control } = buildApp({ data: { webhooks: [webhookData] } })

/** Types whose members do not all go together, with what the sandbox does with their values. */
const types: {
  type: string
  values: Record<string, unknown[]>
  give: (value: never) => unknown
}[] = [
  {
    type: 'FaultEffect',
    values: {
      status: [503, 401],
      detail: ['Down.'],
      retryAfterSeconds: [1],
      body: ['problem', 'spring-security', 'boot-error', 'gateway-html', 'empty'],
      connection: ['connection-reset', 'empty-response', 'truncated-body', 'no-response'],
      delayMs: [1],
      minMs: [1],
      maxMs: [2],
    },
    give: (effect) => control.faults.arm({ effect }),
  },
  {
    type: 'FaultMatch',
    values: {
      operation: [
        ...['create-webhook', 'show-webhooks', 'load-webhook', 'show-webhook-events'],
        ...['update-webhook', 'delete-webhook', 'create-token', 'revoke-token', 'show-keys'],
      ],
      method: ['GET', 'head', 'POST', 'patch', 'DELETE', 'PUT'],
      managingEntityIdentifier: [entity],
      token: ['test'],
    },
    give: (match) => control.faults.arm({ match, effect: { status: 503 } }),
  },
  {
    type: 'ClockSetting',
    values: {
      mode: ['system', 'frozen', 'offset', 'stopped'],
      instant: ['2026-01-14T09:30:00Z'],
      offsetMs: [1],
    },
    give: (setting) => control.clock.set(setting),
  },
  {
    type: 'Reset',
    values: {
      managingEntityIdentifier: [entity],
      only: [[], ['clock'], ['webhooks'], ['faults', 'requests'], ['requests', 'clock'], ['state']],
    },
    give: (what) => {
      control.reset(what)
    },
  },
  {
    type: 'EventTrigger',
    values: {
      type: ['booking.create'],
      managingEntityIdentifier: [entity],
      webhookId: [webhookData.id],
      id: [webhookData.id],
      object: [null],
      raw: ['{}'],
      contentType: ['text/plain'],
    },
    give: (event) => control.events.trigger(event),
  },
  {
    type: 'Partial<Switches>',
    values: {
      timestamps: ['utc', 'local', 'none'],
      firstVersion: [0, 1, 2],
    },
    give: (switches) => buildApp({ switches }),
  },
]

/** All types in one program, because compiling takes seconds: the objects of each, with their lines. */
const checked = types.flatMap(({ type, values }) =>
  combinations(values).map((object) => ({ type, object, text: JSON.stringify(object) })),
)
const names = types.map(({ type }) => type.replace(/.*<(.*)>/, '$1'))
const program = [
  `import type { ${names.join(', ')} } from './index.js'`,
  ...checked.map(({ type, text }, index) => `const v${index}: ${type} = ${text}`),
]
const broken = brokenLines(program.join('\n'))

for (const { type, give } of types) {
  t.test(`${type} has what the sandbox takes, and nothing that it refuses`, async (t) => {
    const lines = checked.flatMap((line, index) =>
      line.type === type ? { ...line, isBroken: broken.has(index + 1) } : [],
    )
    t.notOk(broken.has(0), 'the type exists')
    t.strictSame(new Set(lines.map(({ isBroken }) => isBroken)), new Set([true, false]))
    for (const { object, text, isBroken } of lines) {
      let isRefused = false
      try {
        await give(object as never)
      } catch {
        isRefused = true
      }
      control.faults.clear()
      if (isBroken !== isRefused) t.fail(`${text} is ${isRefused ? 'refused' : 'taken'}`)
    }
  })
}
