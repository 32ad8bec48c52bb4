// The sandbox of the tests: in this process, or in a container of the image that WINK_MOCK_IMAGE names.
import { execFileSync } from 'node:child_process'
import { startSandbox } from 'wink-webhook-mock'
import { connectSandbox } from 'wink-webhook-mock/client'

const { WINK_MOCK_IMAGE: image, ENGINE: engine = 'docker' } = process.env

/** The host on which receivers listen, and the name by which the sandbox reaches it. */
export const receiverHost = image
  ? {
      listen: '0.0.0.0',
      name: engine === 'podman' ? 'host.containers.internal' : 'host.docker.internal',
    }
  : { listen: '127.0.0.1', name: '127.0.0.1' }

/** Starts a sandbox; `stop` ends it. */
export async function start() {
  if (!image) {
    const sandbox = await startSandbox()
    return { sandbox, stop: () => sandbox.close() }
  }
  const container = run('run', '--detach', '--publish', '127.0.0.1::4010', ...hostAccess, image)
  const stop = () => run('rm', '--force', container)
  try {
    const address = run('port', container, '4010/tcp').split('\n')[0]
    return { sandbox: await connected(`http://${address}`), stop }
  } catch (error) {
    stop()
    throw error
  }
}

/** Docker on Linux gives its host no name by itself; Podman and Docker Desktop do. */
const hostAccess = engine === 'docker' ? ['--add-host', 'host.docker.internal:host-gateway'] : []

const run = (...words) => execFileSync(engine, words, { encoding: 'utf8' }).trim()

/** Connects as soon as the sandbox in the container answers, within 15 s. */
async function connected(url) {
  const end = performance.now() + 15_000
  for (;;) {
    try {
      return await connectSandbox(url)
    } catch (error) {
      if (performance.now() > end) throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
}
