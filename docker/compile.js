// Starts the program, creates a webhook, and waits until the code cache is written.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 30_000
const server = spawn(process.execPath, ['dist/cli.cjs', '--port', '0', '--log-level', 'silent'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
let said = ''
for await (const chunk of server.stdout.iterator({ destroyOnReturn: false })) {
  said += chunk
  if (said.includes('\ntry: ')) break
}
const port = /:(\d+)\n/.exec(said)[1]
const identifier = 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69'
const { status } = await fetch(
  `http://127.0.0.1:${port}/api/managing-entity/${identifier}/webhook`,
  {
    method: 'POST',
    headers: { authorization: 'Bearer test', 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'Compiled',
      entity: { identifier, name: 'Siam' },
      enabled: true,
      eventUrl: 'https://api.example.com/hook',
      eventList: [],
    }),
  },
)
if (status !== 201) throw new Error(`it answered ${status}`)
const giveUp = performance.now() + patienceMs
while (!readdirSync('dist', { recursive: true }).some((name) => name.endsWith('.cache'))) {
  if (performance.now() > giveUp) throw new Error('nothing was kept')
  await sleep(50)
}
server.kill()
await once(server, 'close')
