import t from 'tap'
import { recorder } from '../../fixtures/recorder.ts'
import { sandbox } from '../../fixtures/sandbox.ts'
import { post } from '../../fixtures/tokens.ts'

t.test('neither journal nor log shows a secret', async (t) => {
  const { logger, lines } = recorder('trace')
  const { app } = sandbox(t, { logger })
  const secret = 's3cr3t'
  const inBody = { client_id: 'someone', client_secret: secret }
  const bodies = [
    new URLSearchParams({ grant_type: 'client_credentials', ...inBody }).toString(),
    `client_id=someone&client%5Fsecret=${secret}`,
    `client_id=someone&&token=${secret}&token=${secret}`,
    `client_id=someone&client_secret=${secret}%zz&bad%zz=${secret}`,
    JSON.stringify(inBody),
    JSON.stringify({ grant_type: 'x', client_secret: `${secret}=${secret}` }),
    secret,
  ]
  const types = ['application/x-www-form-urlencoded', 'application/json', undefined]
  const targets = ['/oauth2/token', '/oauth2/revoke', '/%6Fauth2/token', '/oauth2/jwks']
  for (const url of targets) {
    for (const type of types) {
      for (const body of bodies) {
        for (const authorization of [`Basic ${btoa(`a:${secret}`)}`, undefined]) {
          const headers = { 'content-type': type, authorization }
          const { body: answer } = await app.inject(post(`${url}?token=${secret}`, body, headers))
          t.notMatch(answer, secret)
        }
      }
    }
  }
  const shown = JSON.stringify(app.control.requests.find()) + lines.join('')
  t.notMatch(shown, secret)
  t.notMatch(shown, btoa(`a:${secret}`))
  t.match(shown, 'client_id=someone', 'what is no secret stays')
  t.match(app.control.requests.find()[0], { body: /client_secret=\[masked\]/ })
})
