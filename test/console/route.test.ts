import t from 'tap'
import { hashOf, parseHash } from '../../src/console/route.ts'

t.test('a hash stands for a view, what is open in it, and its filters', (t) => {
  const cases = [
    { hash: '', route: { view: 'requests', id: undefined, filters: {} } },
    { hash: '#/webhooks', route: { view: 'webhooks', id: undefined, filters: {} } },
    { hash: '#/deliveries/a%2Fb', route: { view: 'deliveries', id: 'a/b', filters: {} } },
    {
      hash: '#/requests/1?status=4xx&text=a+b%26',
      route: { view: 'requests', id: '1', filters: { status: '4xx', text: 'a b&' } },
    },
    { hash: '#/nothing', route: { view: 'requests', id: undefined, filters: {} } },
    { hash: '#/faults/%', route: { view: 'faults', id: '%', filters: {} } },
  ]
  for (const { hash, route } of cases) t.strictSame(parseHash(hash), route, hash)
  t.end()
})

t.test('a place has one hash, without empty filters', (t) => {
  t.equal(hashOf({ view: 'faults' }), '#/faults')
  const route = { view: 'requests', id: 'a/b', filters: { status: '4xx', text: '' } } as const
  t.equal(hashOf(route), '#/requests/a%2Fb?status=4xx')
  t.strictSame(parseHash(hashOf(route)), { ...route, filters: { status: '4xx' } })
  t.end()
})
