import t from 'tap'
import { DataError, buildApp, type SandboxData } from '../../src/index.ts'
import { entity, jwt, otherEntity, user, validBody, webhooksOf } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

const seed = {
  userIdentifier: user,
  ownerIdentifier: entity,
  ownerName: 'The Siam Residences, Bangkok',
  name: 'Exists from the start',
  enabled: true,
  eventUrl: 'https://api.example.com/webhooks',
  eventList: [],
}

t.test('configured managing entities are the only ones (CONTRACT §4, 404)', async (t) => {
  const data = { managingEntities: [{ identifier: entity.toUpperCase(), name: 'Siam' }] }
  const { create } = sandbox(t, { data })
  t.equal((await create()).statusCode, 201, 'in any case')
  const response = await create({
    url: webhooksOf(otherEntity),
    payload: { ...validBody, entity: { identifier: otherEntity, name: 'x' } },
  })
  t.equal(response.statusCode, 404)
  t.match(problemOf(t, response).detail, /no such managing entity/)
})

t.test('webhooks that exist from the start take their place in the store', async (t) => {
  const full = { ...seed, id: entity, createdDate: '2025-01-01T00:00:00Z', version: 3 }
  const webhooks = [full, { ...seed, lastUpdate: '2026-02-01T00:00:00+07:00' }]
  const { create } = sandbox(t, { data: { webhooks }, maxWebhooks: 3 })
  t.equal((await create()).statusCode, 201)
  t.equal((await create()).statusCode, 503)
})

t.test('a webhook that any switch allows can exist from the start', async (t) => {
  const webhooks = [
    { ...seed, eventUrl: 'http://localhost' },
    { ...seed, eventUrl: 'http://example.com' },
    { ...seed, version: 0 },
    { ...seed, ownerIdentifier: 'hotel 1' },
  ]
  const { create } = sandbox(t, { data: { webhooks }, maxWebhooks: 5 })
  t.equal((await create()).statusCode, 201)
  t.equal((await create()).statusCode, 503)
})

t.test('invalid data are refused with place and reason', (t) => {
  const withToken = (part: object): unknown => ({ tokens: [{ token: 'abc', ...part }] })
  const cases: { name: string; data: unknown; says: string | RegExp }[] = [
    { name: 'no object', data: [], says: '# must be an object' },
    { name: 'null', data: null, says: '# must be an object' },
    { name: 'half a character', data: { '\ud800': 1 }, says: /^#\/%EF%BF%BD must be left out/ },
    { name: 'an unknown member', data: { token: [] }, says: /^#\/token must be left out/ },
    { name: 'tokens no array', data: { tokens: {} }, says: '#/tokens must be an array' },
    {
      name: 'several things',
      data: { tokens: {}, webhooks: 1 },
      says: '#/tokens must be an array; #/webhooks must be an array',
    },
    {
      name: 'many things',
      data: { tokens: [{}, {}, {}, {}, {}] },
      says: /^(#\/tokens\/\d\/token must be present; ){3}and 2 more$/,
    },
    {
      name: 'an escaped member',
      data: { 'a/b~c d': 1 },
      says: /^#\/a~1b~0c%20d must be left out/,
    },
    {
      name: 'a token without token',
      data: { tokens: [{}] },
      says: '#/tokens/0/token must be present',
    },
    {
      name: 'a token that cannot be sent',
      data: withToken({ token: 'a b' }),
      says: /^#\/tokens\/0\/token must be a bearer token/,
    },
    {
      name: 'a user that is no UUID',
      data: withToken({ userIdentifier: 'me' }),
      says: /userIdentifier must be a UUID/,
    },
    {
      name: 'an unknown scope',
      data: withToken({ scopes: ['account.read', 'account.wirte'] }),
      says: '#/tokens/0/scopes/1 must be a scope of Wink: SECTION.ACTION, where SECTION is one of account, inventory,',
    },
    {
      name: 'an instant without offset',
      data: withToken({ expiresAt: '2026-01-14T09:30:00' }),
      says: /expiresAt must be a date and time with offset/,
    },
    {
      name: 'a day that does not exist',
      data: withToken({ expiresAt: '2026-02-29T09:30:00Z' }),
      says: /expiresAt must be a date/,
    },
    {
      name: 'a token twice',
      data: { tokens: [{ token: 'abc' }, { token: 'ABC' }, { token: 'abc' }] },
      says: '#/tokens/2/token must differ from #/tokens/0/token',
    },
    {
      name: 'another user than the JWT names',
      data: {
        tokens: [
          { token: jwt({ sub: user }), userIdentifier: user },
          { token: jwt({ sub: user, x: 1 }), userIdentifier: entity },
        ],
      },
      says: '#/tokens/1/userIdentifier must be left out or be the "sub" of the token, which is a JWT',
    },
    {
      name: 'a managing entity twice',
      data: {
        managingEntities: [
          { identifier: entity, name: 'a' },
          { identifier: entity.toUpperCase(), name: 'b' },
        ],
      },
      says: '#/managingEntities/1/identifier must differ from #/managingEntities/0/identifier',
    },
    {
      name: 'a managing entity without a name',
      data: { managingEntities: [{ identifier: entity, name: '' }] },
      says: '#/managingEntities/0/name must be a string of at least 1 character',
    },
    {
      name: 'a token for an unknown entity',
      data: {
        managingEntities: [{ identifier: entity, name: 'a' }],
        tokens: [{ token: 'a', managingEntities: [entity, otherEntity] }],
      },
      says: '#/tokens/0/managingEntities/1 must be one of #/managingEntities',
    },
    {
      name: 'a client without a secret',
      data: { clients: [{ id: 'a', secret: 's' }, { id: 'b' }] },
      says: '#/clients/1/secret must be present',
    },
    {
      name: 'a client with an empty id',
      data: { clients: [{ id: '', secret: 's' }] },
      says: '#/clients/0/id must be a string of at least 1 character',
    },
    {
      name: 'a client twice',
      data: {
        clients: [
          { id: 'a', secret: 'abc' },
          { id: 'A', secret: 'abc' },
          { id: 'a', secret: 'x' },
        ],
      },
      says: '#/clients/2/id must differ from #/clients/0/id',
    },
    {
      name: 'a client with an unknown member',
      data: { clients: [{ id: 'a', secret: 's', scope: 'account.read' }] },
      says: '#/clients/0/scope must be left out: no such member is known',
    },
    {
      name: 'a client whose tokens live too long',
      data: { clients: [{ id: 'a', secret: 's', tokenLifetimeSeconds: 86_401 }] },
      says: '#/clients/0/tokenLifetimeSeconds must be at most 86400',
    },
    {
      name: 'a client whose tokens do not live',
      data: { clients: [{ id: 'a', secret: 's', tokenLifetimeSeconds: 0 }] },
      says: '#/clients/0/tokenLifetimeSeconds must be at least 1',
    },
    {
      name: 'a client for an unknown entity',
      data: {
        managingEntities: [{ identifier: entity, name: 'a' }],
        clients: [{ id: 'a', secret: 's', managingEntities: [entity, otherEntity] }],
      },
      says: '#/clients/0/managingEntities/1 must be one of #/managingEntities',
    },
    {
      name: 'a webhook of an unknown entity',
      data: { managingEntities: [], webhooks: [seed] },
      says: '#/webhooks/0/ownerIdentifier must be one of #/managingEntities',
    },
    {
      name: 'a webhook version below 0',
      data: { webhooks: [{ ...seed, version: -1 }] },
      says: '#/webhooks/0/version must be at least 0',
    },
    {
      name: 'a webhook version 1.5',
      data: { webhooks: [{ ...seed, version: 1.5 }] },
      says: '#/webhooks/0/version must be a whole number',
    },
    {
      name: 'a webhook with an eventUrl that is no web URL',
      data: { webhooks: [{ ...seed, eventUrl: 'ftp://example.com' }] },
      says: /^#\/webhooks\/0\/eventUrl must be an absolute http or https URL/,
    },
    {
      name: 'a webhook of nobody',
      data: { webhooks: [{ ...seed, ownerIdentifier: '' }] },
      says: '#/webhooks/0/ownerIdentifier must be a string of at least 1 character',
    },
    {
      name: 'a webhook id twice',
      data: { webhooks: [{ ...seed, id: user }, seed, { ...seed, id: user }] },
      says: '#/webhooks/2/id must differ from #/webhooks/0/id',
    },
  ]
  for (const { name, data, says } of cases) {
    t.test(name, (t) => {
      const error = t.throws(() => buildApp({ data: data as SandboxData }))
      t.type(error, DataError)
      t.match((error as Error).message, says)
      t.notMatch((error as Error).message, /abc|eyJ/, 'no token is repeated')
      t.end()
    })
  }
  t.test('more webhooks than the store holds', (t) => {
    t.throws(() => buildApp({ data: { webhooks: [seed, seed] }, maxWebhooks: 1 }), {
      message: '#/webhooks must have at most 1 items (--max-webhooks)',
    })
    t.end()
  })
  t.end()
})
