import t from 'tap'
import {
  entity,
  otherEntity,
  seeded,
  validBody,
  webhookRequest,
  webhooksOf,
} from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const data = {
  managingEntities: [{ identifier: entity, name: 'The Siam Residences, Bangkok' }],
  tokens: [
    { token: 'manager', managingEntities: [entity] },
    { token: 'manager-of-none', managingEntities: [] },
    { token: 'reader', scopes: ['account.read' as const] },
  ],
}

/** One broken check a row, in the order of CONTRACT §1. Later rows do not repair what earlier rows break. */
const steps = [
  { name: '1 scripted fault', headers: { prefer: 'code=500' }, status: 500 },
  { name: '2 authentication', headers: { authorization: 'Basic x' }, status: 401 },
  { name: '3 unknown path', url: `${webhooksOf(entity)}/`, status: 404 },
  { name: '3 empty identifier', url: webhooksOf(''), status: 404 },
  { name: '3 other verb', method: 'PUT' as const, status: 405 },
  { name: '4 scope', headers: { authorization: 'Bearer reader' }, status: 403 },
  { name: '5 media type', headers: { 'content-type': 'text/plain' }, status: 415 },
  { name: '6 Wink-Version', headers: { 'wink-version': '1.0' }, status: 400, says: /Wink-Version/ },
  { name: '7 body is JSON', payload: '{', status: 400, says: /not JSON/ },
  { name: '7 body follows the schema', payload: '{}', status: 400, says: /breaks 5 rules/ },
  { name: '8 unknown entity', url: webhooksOf(otherEntity), status: 404, says: /managing entity/ },
  {
    name: '8 entity of others',
    headers: { authorization: 'Bearer manager-of-none' },
    status: 403,
    says: /may not manage/,
  },
  {
    name: '8 path and body differ',
    payload: JSON.stringify({
      ...validBody,
      entity: { identifier: otherEntity, name: 'Another' },
    }),
    status: 400,
    says: /different managing entities/,
  },
  { name: '9 store full', maxWebhooks: 0, status: 503, says: /full/ },
]

for (const [index, first] of steps.entries()) {
  t.test(`${first.name} alone answers ${first.status}`, (t) => check(t, first, {}))

  t.test(`${first.name} comes before all later checks (CONTRACT §1)`, async (t) => {
    for (const later of steps.slice(index + 1)) {
      await t.test(`before ${later.name}`, (t) => check(t, first, later))
    }
  })
}

type Step = Partial<(typeof steps)[number]>

/** Breaks two checks in one request: the first answers, and nothing is stored. */
async function check(t: Parameters<typeof sandbox>[0], first: Step, later: Step): Promise<void> {
  const { maxWebhooks } = { maxWebhooks: 1, ...later, ...first }
  const { create } = sandbox(t, { data, maxWebhooks })
  const { url, method, payload } = { ...later, ...first }
  const response = await create({
    ...(url && { url }),
    ...(method && { method }),
    ...(payload && { payload }),
    headers: { authorization: 'Bearer manager', ...later.headers, ...first.headers },
  })
  t.equal(response.statusCode, first.status)
  t.match(problemOf(t, response).detail, first.says ?? /./)
  if (maxWebhooks === 1) {
    const valid = await create({ headers: { authorization: 'Bearer manager' } })
    t.equal(valid.statusCode, 201, 'the place in the store is still free')
  }
}

/** The checks of an update after the shared ones: one broken check a row, in order. */
const updateSteps = [
  { name: '7 body is JSON', payload: '{', status: 400, says: /not JSON/ },
  { name: '7 body follows the schema', payload: '{}', status: 400, says: /breaks 5 rules/ },
  { name: '8 unknown entity', owner: otherEntity, status: 404, says: /no such managing entity/ },
  {
    name: '8 entity of others',
    authorization: 'Bearer manager-of-none',
    status: 403,
    says: /may not manage/,
  },
  {
    name: '8 path and body differ',
    payload: JSON.stringify({ ...validBody, entity: { identifier: otherEntity, name: 'Another' } }),
    status: 400,
    says: /different managing entities/,
  },
  { name: '9 unknown webhook', id: otherEntity, status: 404, says: /no such webhook/ },
  { name: '9 malformed If-Match', ifMatch: 'x', status: 400, says: /If-Match/ },
  { name: '9 stale If-Match', ifMatch: '2', status: 409, says: /someone else/ },
]

t.test('an update: each check comes before all later ones (CONTRACT §1, §6)', async (t) => {
  const { app } = sandbox(t, { data: { ...data, webhooks: [seeded] } })
  for (const [index, first] of updateSteps.entries()) {
    for (const later of [{}, ...updateSteps.slice(index + 1)]) {
      const broken: Partial<(typeof updateSteps)[number]> = { ...later, ...first }
      const { owner = entity, id = seeded.id, payload, ifMatch = '3' } = broken
      const { authorization = 'Bearer manager' } = broken
      const request = webhookRequest('PATCH', '', {
        url: `${webhooksOf(owner)}/${id}`,
        ...(payload !== undefined && { payload }),
        headers: { authorization, 'if-match': ifMatch },
      })
      const response = await app.inject(request)
      t.equal(response.statusCode, first.status, first.name)
      t.match(problemOf(t, response).detail, first.says)
    }
  }
  t.strictSame(app.control.webhooks.list(), [seeded], 'nothing has changed')
})
