// The requests of a recording, by configuration of the program.
import { bodies, broken, resource, tokens } from './api.js'
import {
  create,
  entity,
  freeze,
  get,
  json,
  otherEntity,
  token,
  unknownId,
  webhooks,
  withBody,
} from './builders.js'
import { control, faulted } from './control.js'

function* all(instant) {
  yield freeze(instant)
  yield* resource()
  yield* tokens()
  yield* broken()
  yield* faulted()
  yield* control()
}

const data = JSON.stringify({
  managingEntities: [{ identifier: entity, name: 'Siam' }],
  tokens: [
    { token: 'manager', userIdentifier: '5a0f9c1e-2b7d-4c36-8e5a-90b1d2c3e4f5' },
    { token: 'reader', scopes: ['account.read'] },
    { token: 'stranger', managingEntities: [] },
    { token: 'expired', expiresAt: '2026-01-14T09:30:00Z' },
  ],
  clients: [{ id: 'my-client', secret: 'my-secret', scopes: ['account.read'] }],
  webhooks: [
    {
      userIdentifier: '5a0f9c1e-2b7d-4c36-8e5a-90b1d2c3e4f5',
      ownerIdentifier: entity,
      ownerName: 'Siam',
      name: 'Exists from the start',
      createdDate: '2025-11-02T08:00:00.000Z',
      enabled: true,
      eventUrl: 'https://api.example.com/hook',
      eventList: [],
    },
  ],
})

/** Answers that depend on who asks. */
function* restricted(instant) {
  yield freeze(instant)
  for (const who of ['manager', 'reader', 'stranger', 'expired', 'nobody']) {
    const headers = [`Authorization: Bearer ${who}`, json]
    yield create(`by ${who}`, { headers })
    yield {
      ...create(`elsewhere by ${who}`, { headers }),
      line: `POST /api/managing-entity/${otherEntity}/webhook`,
    }
    yield { ...get(`GET ${webhooks}/list`, headers), name: `list by ${who}` }
    yield { ...get(`DELETE ${webhooks}/${unknownId}`, headers), name: `delete by ${who}` }
  }
  yield* tokens()
  yield get('GET /__admin/state', [])
}

/** Answers that a switch or a limit changes. */
function* few(instant) {
  yield freeze(instant)
  yield create('valid', { keep: { id: /"id":"([^"]+)"/ } })
  for (const [name, body] of Object.entries(bodies)) yield withBody(name, body)
  yield create('Wink-Version 1.0', { headers: [token, json, 'Wink-Version: 1.0'] })
  yield get(`GET ${webhooks}/<id>`)
  yield get(`GET ${webhooks}/list`)
  yield get('GET /openapi.json', [])
  yield get('GET /__admin/ambiguities', [])
  yield get('GET /__admin/requests', [])
}

export const configurations = [
  { name: 'default', flags: [], requests: all },
  { name: 'data', flags: ['--data-json', data], requests: restricted },
  { name: 'admin token', flags: ['--admin-token', 'secret'], requests: few },
  { name: 'full', flags: ['--max-webhooks', '0'], requests: few },
  { name: 'no journal', flags: ['--max-journal-entries', '0'], requests: few },
  { name: 'public URL', flags: ['--public-url', 'https://wink.example/wink'], requests: few },
  {
    name: 'other switches',
    flags: [
      ...['--allow-http-event-urls', 'any', '--timestamps', 'local', '--first-version', '0'],
      ...['--unknown-event-names', 'refuse', '--wink-version', 'ignore'],
      ...['--entity-mismatch', 'path-wins'],
    ],
    requests: few,
  },
]
