import { spawn } from 'node:child_process'
import { once } from 'node:events'
import t, { type Test } from 'tap'
import { exampleCommand } from '../../src/wink/example-command.ts'
import { otherEntity } from '../fixtures/requests.ts'
import { listening } from '../fixtures/wire.ts'

t.test('the example command works when it is pasted into a shell', (t) => {
  const managed = { identifier: otherEntity, name: 'Tom\'s "Inn" $HOME' }
  const cases = [
    { name: 'by default', data: {}, status: 201 },
    { name: 'with managing entities', data: { managingEntities: [managed] }, status: 201 },
    { name: 'without any', data: { managingEntities: [] }, status: 200 },
    { name: 'with tokens', data: { tokens: [{ token: 'gh0st' }] }, status: 200 },
  ]
  for (const { name, data, status } of cases) {
    t.test(`${name}: ${status}`, async (t) => {
      const { url } = await listening(t, {
        data,
        switches: { unknownEventNames: 'refuse', winkVersion: 'require' },
      })
      const command = exampleCommand(url, data)
      t.notMatch(command, 'gh0st', 'no token is printed')
      t.equal((await pasted(t, command)).status, status)
    })
  }
  t.end()
})

t.test('with a certificate, the example trusts it', (t) => {
  const url = 'https://localhost:4010'
  const trusting =
    /^curl -i --cacert 'it'\\''s mine\.pem' https:\/\/localhost:4010\/(?:api|__admin)\//
  t.match(exampleCommand(url, {}, "it's mine.pem"), trusting)
  t.match(exampleCommand(url, { tokens: [] }, "it's mine.pem"), trusting)
  t.end()
})

/** The answer to a curl command: a shell parses it, and its request is sent by `fetch`. */
async function pasted(t: Test, command: string): Promise<Response> {
  const shell = spawn('sh', ['-c', `curl() { printf '%s\\0' "$@"; }; ${command}`])
  let output = ''
  shell.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
  await once(shell, 'close')
  const words = output.split('\0').slice(0, -1)
  t.equal(words.shift(), '-i')
  const url = words.shift() ?? ''
  const fields: [string, string][] = []
  const init: RequestInit = { headers: fields }
  for (let [option, value = ''] = words; option; words.splice(0, 2), [option, value = ''] = words) {
    if (option === '-H') fields.push(value.split(': ', 2) as [string, string])
    else if (option === '-d') Object.assign(init, { method: 'POST', body: value })
    else t.fail(`an option that this test does not know: ${option}`)
  }
  return fetch(url, { ...init, headers: fields })
}
