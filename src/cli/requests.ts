import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { connectSandbox } from '../client/connect.ts'
import { streamOf, type StreamedEvent } from '../client/stream.ts'
import { requestsUsage } from './command.ts'
import { ConfigError } from './config.ts'
import { readSettings, type Environment } from './environment.ts'
import { baseUrlOf } from './health.ts'
import { hasColors, type Output } from './output.ts'
import { requestLines } from './request-lines.ts'

/** The command line of the command. */
export interface RequestsCommand {
  readonly argv: readonly string[]
  readonly env: Environment
}

/** The sandbox did not answer, or refused. */
class SandboxError extends Error {
  override readonly name = 'SandboxError'
  readonly exitCode = 1
}

/** An instant before all that a clock of a sandbox can show. */
const beginning = '0000-01-01T00:00:00Z'

/**
 * Prints the requests of a running sandbox, as its log on a terminal does. With `--follow`, it goes on until the sandbox
 * ends, the process gets SIGINT or SIGTERM, or nobody reads.
 *
 * @throws ConfigError for a wrong flag or setting
 * @throws SandboxError if no sandbox answers, or it refuses
 */
export async function printRequests(command: RequestsCommand, output: Output): Promise<void> {
  const { url, adminToken, isFollowing } = readCommand(command)
  const ending = new AbortController()
  const end = (): void => {
    ending.abort()
  }
  process.once('SIGINT', end).once('SIGTERM', end)
  output.once('error', end)
  const isColored = hasColors(output)
  try {
    const { signal } = ending
    const events = isFollowing
      ? streamOf(url, { adminToken, since: beginning, signal })
      : heldRequests(url, adminToken)
    for await (const event of events) {
      const lines = linesOf(event, isColored)
      if (lines !== '' && !output.write(lines)) await once(output, 'drain', { signal })
    }
  } catch (error) {
    if (ending.signal.aborted) return
    throw new SandboxError(`${url}: ${reasonOf(error)}`)
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
  }
}

/** The lines of an event; none if it is not about requests. */
function linesOf({ event, data }: StreamedEvent, isColored: boolean): string {
  if (event === 'gap') return '… requests are missing here\n'
  return event === 'request' ? `[${data.time}] ${requestLines(data, isColored)}\n` : ''
}

async function* heldRequests(
  url: string,
  adminToken: string | undefined,
): AsyncGenerator<StreamedEvent> {
  const sandbox = await connectSandbox(url, { adminToken })
  for (const data of await sandbox.requests.find()) yield { event: 'request', data }
}

/** @throws ConfigError */
function readCommand({ argv, env }: RequestsCommand) {
  const { url, follow, ...flags } = parsed(argv)
  const { config } = readSettings(flags, env)
  if (url !== undefined && !URL.canParse(url)) {
    throw new ConfigError('--url must be a URL such as http://127.0.0.1:4010')
  }
  return {
    url: (url ?? baseUrlOf(config)).replace(/\/$/, ''),
    adminToken: config.adminToken,
    isFollowing: follow === true,
  }
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        url: { type: 'string' },
        'admin-token': { type: 'string' },
        host: { type: 'string' },
        port: { type: 'string', short: 'p' },
        follow: { type: 'boolean', short: 'f' },
      },
    }).values
  } catch (error) {
    const [reason = ''] = (error as Error).message.split(/\.\s|\n/)
    throw new ConfigError(`${reason}; the command is ${requestsUsage}`)
  }
}

function reasonOf(error: unknown): string {
  const { message, cause } = error as Error
  const why = (cause as Partial<Error> | undefined)?.message
  return why === undefined ? message : `${message} (${why})`
}
