import t from 'tap'
import { entity, webhookRequest, webhooksOf } from '../fixtures/requests.ts'
import { problemOf, sandbox } from '../fixtures/sandbox.ts'

t.test('the 404 of an unknown path names what makes it unknown (CONTRACT §1)', async (t) => {
  const { app } = sandbox(t)
  const cases: { url: string; says: string }[] = [
    { url: webhooksOf(''), says: 'The path has no identifier behind /managing-entity/' },
    { url: `${webhooksOf('')}/list`, says: 'The path has no identifier behind /managing-entity/' },
    { url: `${webhooksOf(entity)}/`, says: 'The path ends in a slash' },
    { url: `${webhooksOf(entity)}/list/`, says: 'The path ends in a slash' },
    { url: webhooksOf(`${entity}/`), says: 'The path has a doubled slash' },
  ]
  for (const { url, says } of cases) {
    const response = await app.inject(webhookRequest('GET', '', { url }))
    t.equal(response.statusCode, 404, url)
    t.ok(problemOf(t, response).detail.includes(says), url)
  }
})
