// Requests to Wink's API and to the token endpoints: all operations, all refusals.
import {
  api,
  create,
  entity,
  form,
  get,
  json,
  otherEntity,
  token,
  unknownId,
  valid,
  webhooks,
  withBody,
} from './builders.js'

/** Bodies that break a rule, and some that only look so. */
export const bodies = {
  'null, as in the page': 'null',
  empty: '',
  'broken JSON': '{"name":',
  'broken JSON, second line': '{\n  "name": "a" "b"\n}',
  'a BOM': `\ufeff${JSON.stringify(valid)}`,
  array: [],
  number: '1',
  'no members': {},
  'wrong types': { name: 1, entity: 'x', enabled: 'true', eventUrl: 5, eventList: 'a' },
  'an empty name': { ...valid, name: '' },
  'entity without members': { ...valid, entity: {} },
  'entity no UUID': { ...valid, entity: { identifier: 'x', name: 'y' } },
  'another entity': { ...valid, entity: { identifier: otherEntity, name: 'y' } },
  'http URL': { ...valid, eventUrl: 'http://a.example/x' },
  'relative URL': { ...valid, eventUrl: '/x' },
  'URL with blank': { ...valid, eventUrl: 'https://a.example/a b' },
  'port too high': { ...valid, eventUrl: 'https://a.example:65536/' },
  'unknown event': { ...valid, eventList: ['booking.created'] },
  'a list of wrong items': { ...valid, eventList: Array.from({ length: 60 }, () => 1) },
  'an unknown member': { ...valid, other: 1, __proto__: null },
  'upper-case entity': { ...valid, entity: { ...valid.entity, identifier: entity.toUpperCase() } },
}

export function* resource() {
  yield create('valid', { keep: { id: /"id":"([^"]+)"/ } })
  for (const [name, body] of Object.entries(bodies)) yield withBody(name, body)
  yield create('no token', { headers: [json] })
  yield create('two tokens', { headers: [token, token, json] })
  yield create('malformed token', { headers: ['Authorization: Bearer ä', json] })
  yield create('another scheme', { headers: ['Authorization: Basic eDp5', json] })
  yield create('no media type', { headers: [token] })
  yield create('form', { headers: [token, form] })
  yield create('charset', { headers: [token, `${json}; charset=latin1`] })
  yield create('parameter', { headers: [token, `${json}; charset="utf-8"; a=b`] })
  for (const version of ['2.0', '2.0.0', '1.0', '']) {
    yield create(`Wink-Version ${version}`, { headers: [token, json, `Wink-Version: ${version}`] })
  }
  yield get(`GET ${webhooks}/list`)
  yield get(`HEAD ${webhooks}/list`)
  yield get(`GET ${webhooks}/event/list`)
  yield get(`GET ${webhooks}/<id>`)
  yield get(`HEAD ${webhooks}/<id>`)
  yield get(`GET ${webhooks}/${unknownId}`)
  yield get(`GET /api/managing-entity/${otherEntity}/webhook/<id>`)
  for (const ifMatch of ['1', '"1"', 'W/"2", "7"', '*', 'x', '']) {
    yield {
      ...create(`update, If-Match ${ifMatch}`, { headers: [...api, `If-Match: ${ifMatch}`] }),
      line: `PATCH ${webhooks}/<id>`,
    }
  }
  yield { ...create('update of nothing'), line: `PATCH ${webhooks}/${unknownId}` }
  yield { ...withBody('update with a wrong body', {}), line: `PATCH ${webhooks}/<id>` }
  yield {
    ...get(`DELETE ${webhooks}/<id>`),
    headers: [token, 'If-Match: 1'],
    name: 'delete, stale',
  }
  yield get(`DELETE ${webhooks}/<id>`)
  yield { ...get(`DELETE ${webhooks}/<id>`), name: 'delete again' }
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE']) {
    yield get(`${method} ${webhooks}`)
  }
  yield get(`POST ${webhooks}/list`)
  for (const path of [
    '/api',
    '/api/',
    '/api/nothing',
    `${webhooks}/`,
    `/${webhooks}`,
    '/%61pi/x',
  ]) {
    yield get(`GET ${path}`)
    yield { ...get(`GET ${path}`, []), name: `GET ${path} without a token` }
  }
  yield get(`GET http://localhost${webhooks}/list`)
  yield get('GET /api/%zz')
  yield get('GET /')
  yield get('GET /nothing')
  yield get('POST /nothing')
}

export function* tokens() {
  const ask = (name, body, headers = [form]) => ({
    name: `token: ${name}`,
    line: 'POST /oauth2/token',
    headers,
    body,
  })
  const client = 'client_id=my-client&client_secret=my-secret'
  const basic = `Authorization: Basic ${Buffer.from('my-client:my-secret').toString('base64')}`
  const grant = 'grant_type=client_credentials'
  yield ask('in the body', `${grant}&${client}`, [form])
  yield { ...ask('basic', grant, [form, basic]), keep: { token: /"access_token":"([^"]+)"/ } }
  yield ask('no client', grant)
  yield ask('both', `${grant}&${client}`, [form, basic])
  yield ask('broken basic', grant, [form, 'Authorization: Basic ä'])
  yield ask('no grant type', client)
  yield ask('another grant type', `grant_type=password&${client}`)
  yield ask('a scope', `${grant}&${client}&scope=account.read`)
  yield ask('an unknown scope', `${grant}&${client}&scope=nothing`)
  yield ask('twice', `${grant}&${grant}&${client}`)
  yield ask('JSON', '{}', [json])
  yield get('GET /oauth2/token', [])
  yield get('GET /oauth2/nothing', [])
  yield get('GET /oauth2/jwks', [])
  yield get('HEAD /oauth2/jwks', [])
  yield get('GET /.well-known/oauth-authorization-server', [])
  yield create('with an issued token', { headers: ['Authorization: Bearer <token>', json] })
  yield { ...ask('revoke', `token=<token>&${client}`), line: 'POST /oauth2/revoke' }
  yield create('with a revoked token', { headers: ['Authorization: Bearer <token>', json] })
  yield { ...ask('revoke nothing', client), line: 'POST /oauth2/revoke' }
}

export function* broken() {
  const send = (name, raw) => ({ name: `broken: ${name}`, raw })
  yield send('garbage', 'garbage\r\n\r\n')
  yield send('no host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')
  yield send('two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n')
  yield send('HTTP/1.0', `GET ${webhooks}/list HTTP/1.0\r\n${token}\r\n\r\n`)
  yield send('CONNECT', 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n')
  yield send('header too large', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`)
  yield send(
    'a broken chunk',
    `POST ${webhooks} HTTP/1.1\r\nHost: localhost\r\n${api.join('\r\n')}\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n`,
  )
  yield send(
    'unknown Expect',
    `GET ${webhooks}/list HTTP/1.1\r\nHost: localhost\r\n${token}\r\nExpect: nothing\r\nConnection: close\r\n\r\n`,
  )
  yield send(
    'pipelined',
    `${`GET ${webhooks}/list HTTP/1.1\r\nHost: localhost\r\n${token}\r\n\r\n`.repeat(3)}GET /nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  )
  yield send(
    'a body over the limit',
    `POST ${webhooks} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${api.join('\r\n')}\r\nContent-Length: 1048577\r\n\r\n`,
  )
}
