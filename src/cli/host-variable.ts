import { once } from 'node:events'
import { createServer } from 'node:net'
import { unfit, type Command } from './command.ts'
import { Config } from './config.ts'

/**
 * The same command with a host that a server can listen on. `HOST` is often the name of a platform (conda) or of
 * the machine (zsh): where nothing can listen on it, the default takes its place, with a warning.
 */
export async function withUsableHost(command: Command): Promise<Command> {
  if (!('config' in command) || !command.isHostFromHost) return command
  const { config, warnings } = command
  const code = await findListenProblem(config.host)
  if (code === undefined) return command
  const host = String(Config.properties.host.default)
  const problem = `HOST must be a host name or IP address to listen on, not "${config.host}" (${code})`
  return {
    ...command,
    config: { ...config, host },
    warnings: [...warnings, unfit(problem, 'host', host)],
  }
}

/** The code of the error of a server that would listen on a host, such as `ENOTFOUND`, if there is one. */
async function findListenProblem(host: string): Promise<string | undefined> {
  const server = createServer().listen({ port: 0, host })
  const code = await once(server, 'listening').then(
    () => undefined,
    (error: unknown) => String((error as NodeJS.ErrnoException).code),
  )
  server.close()
  return code
}
