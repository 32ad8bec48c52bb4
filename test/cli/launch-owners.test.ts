import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { copyOf } from '../fixtures/installed.ts'
import { until } from '../fixtures/faults.ts'
import { greeting } from '../fixtures/program.ts'

t.test('where files have no owners, as on Windows, no compiled code is kept', async (t) => {
  const withoutOwners = 'process.geteuid = undefined'
  const check = async (before: string, isKept: boolean): Promise<void> => {
    const { dist, folder, file } = copyOf(t)
    const child = spawn(process.execPath, [join(dist, 'cli.cjs'), '--port', '0'], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(before)}` },
    })
    const closed = once(child, 'close')
    const { url } = await greeting({ process: child })
    // Its timers fire in their order: when this is answered, the time to keep the code has passed.
    const fault = JSON.stringify({ effect: { delayMs: 300, status: 503 } })
    const headers = { 'content-type': 'application/json' }
    await fetch(`${url}/__admin/faults`, { method: 'POST', headers, body: fault })
    t.equal((await fetch(`${url}/api`)).status, 503)
    if (isKept) await until(() => existsSync(file))
    t.equal(existsSync(folder), isKept, before)
    child.kill()
    await closed
  }
  await Promise.all([check('', true), check(withoutOwners, false)])
})
