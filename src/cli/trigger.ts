import { ApiError } from '../base/problems/problems.ts'
import { connectBy, type ConnectedSandbox } from '../client/connect.ts'
import { buildSend } from '../client/http.ts'
import type { Delivery, DeliveryAttempt, EventTrigger } from '../control/deliveries/types.ts'
import { version } from '../version.ts'
import { baseUrlOf } from './address.ts'
import type { Command } from './command.ts'
import { ConfigError } from './config-error.ts'
import { sandboxErrorOf } from './sandbox-error.ts'
import { buildFetch, trusting } from './transport.ts'
import { helpText, readTrigger } from './trigger-input.ts'

/** Time that the sandbox has to deliver the event before it answers, in ms. Most receivers answer sooner. */
const firstWaitMs = 1_000

/** Time of each further wait, in ms. The sandbox may forget a delivery that the wait counts on. */
const waitMs = 10_000

/** The parts of a terminal that the command uses. */
export interface TriggerTerminal {
  readonly stdin: AsyncIterable<Buffer | string>
  /** Prints a line of the result. */
  readonly print: (line: string) => void
  /** Tells of a variable that was probably meant for another program. */
  readonly warn: (message: string) => void
}

/**
 * Has a running sandbox deliver an event, and prints a line for each attempt and the verdict on each receiver.
 *
 * @returns true if all went well: something was delivered, and everything that was due. A webhook that is disabled or does
 *   not subscribe to the event is not due
 * @throws ConfigError if the command line, the object or the event is invalid
 * @throws SandboxError if there is no sandbox, or if it refuses the request
 */
export async function trigger(
  command: Extract<Command, { kind: 'trigger' }>,
  { stdin, print, warn }: TriggerTerminal,
): Promise<boolean> {
  const input = await readTrigger(command, stdin)
  if (input.kind !== 'trigger') {
    print(input.kind === 'help' ? helpText() : version)
    return true
  }
  const { event, adminToken, config, warnings } = input
  warnings.forEach(warn)
  const url = baseUrlOf(config)
  const fetch = buildFetch({ security: trusting(config.tlsCert) })
  try {
    const sandbox = await connectBy(buildSend(url, adminToken, fetch), url)
    return await deliver(sandbox, event, print)
  } catch (error) {
    if (error instanceof ApiError && error.problem === 'bad-request') {
      throw new ConfigError(error.message)
    }
    throw sandboxErrorOf(error, url, { ...config, adminToken })
  }
}

async function deliver(
  sandbox: ConnectedSandbox,
  input: EventTrigger,
  print: (line: string) => void,
): Promise<boolean> {
  const { event, deliveries, others, hints } = await sandbox.events.trigger({
    ...input,
    waitMs: firstWaitMs,
  })
  print(`${event.type}, event ${event.id}`)
  for (const hint of hints) print(`hint: ${hint}`)
  const ended: Delivery[] = []
  for await (const delivery of endedDeliveries(sandbox, event.id)) {
    ended.push(delivery)
    for (const line of linesOf(delivery)) print(line)
  }
  const due = ended.filter(({ reason }) => reason !== 'disabled' && reason !== 'not-subscribed')
  const isComplete = ended.length === deliveries.length + others.length
  return isComplete && due.length > 0 && due.every(({ state }) => state === 'delivered')
}

/** The deliveries of an event, each as soon as it has ended. The sandbox may forget some before. */
async function* endedDeliveries(
  { deliveries }: ConnectedSandbox,
  eventId: string,
): AsyncGenerator<Delivery> {
  const seen = new Set<string>()
  for (;;) {
    const known = await deliveries.list({ eventId })
    const endedCount = known.filter(({ state }) => state !== 'pending').length
    for (const delivery of known) {
      if (delivery.state === 'pending' || seen.has(delivery.id)) continue
      seen.add(delivery.id)
      yield delivery
    }
    if (endedCount === known.length) return
    await deliveries
      .wait({ eventId, count: endedCount + 1, timeoutMs: waitMs })
      .catch(ignoreTimeout)
  }
}

function ignoreTimeout(error: unknown): void {
  if (!(error instanceof ApiError && error.problem === 'request-timeout')) throw error
}

function* linesOf(delivery: Delivery): Generator<string> {
  const { url, registeredUrl, copy, state, reason, detail, attempts, verdict } = delivery
  yield `${url ?? registeredUrl}${copy > 1 ? `, copy ${copy}` : ''}`
  for (const attempt of attempts) yield `  attempt ${attempt.number}: ${resultOf(attempt)}`
  const sentences = [...verdict.map(({ says }) => says), ...(detail === null ? [] : [detail])]
  yield `  ${[`${reason === null ? state : `${state}: ${reason}`}.`, ...sentences].join(' ')}`
}

const resultOf = ({ status, error, durationMs }: DeliveryAttempt): string =>
  `${[status, error].filter((part) => part !== null).join(', ')} (${durationMs} ms)`
