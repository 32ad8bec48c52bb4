import { ApiError } from '../base/problems/problems.ts'
import { connectSandbox, type ConnectedSandbox } from '../client/connect.ts'
import type { Delivery, DeliveryAttempt, EventTrigger } from '../control/deliveries/types.ts'
import { version } from '../version.ts'
import type { Command } from './command.ts'
import { ConfigError } from './config.ts'
import { helpText, readTrigger } from './trigger-input.ts'

/** Time that the sandbox has to deliver the event before it answers, in ms. Most receivers answer sooner. */
const firstWaitMs = 1_000

/** Time of each further wait, in ms. The sandbox may forget a delivery that the wait counts on. */
const waitMs = 10_000

/** The sandbox did not take the event. */
export class TriggerError extends Error {
  override readonly name = 'TriggerError'
  readonly exitCode = 1
}

/**
 * Has a running sandbox deliver an event, and prints a line for each attempt and the verdict on each receiver.
 *
 * @returns true if all went well: something was delivered, and everything that was due. A webhook that is disabled or does
 *   not subscribe to the event is not due
 * @throws ConfigError if the command line, the object or the event is invalid
 * @throws TriggerError if there is no sandbox, or if it refuses the request
 */
export async function trigger(
  command: Extract<Command, { kind: 'trigger' }>,
  print: (line: string) => void,
): Promise<boolean> {
  const input = await readTrigger(command)
  if (input.kind !== 'trigger') {
    print(input.kind === 'help' ? helpText() : version)
    return true
  }
  const { event, url, adminToken } = input
  try {
    return await deliver(await connectSandbox(url, { adminToken }), event, print)
  } catch (error) {
    throw explained(error, url)
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

/** The error of the client, with what to do. */
function explained(error: unknown, url: string): Error {
  const { message } = error as Error
  if (!(error instanceof ApiError)) {
    return new TriggerError(
      `no sandbox answers at ${url}: ${message}; start one with wink-webhook-mock, or name another with --url or --port (WINK_MOCK_URL, WINK_MOCK_PORT)`,
    )
  }
  if (error.problem === 'bad-request') return new ConfigError(message)
  const isRefused = error.problem === 'unauthorized'
  return new TriggerError(
    isRefused ? `${message} Give the token with --admin-token or WINK_MOCK_ADMIN_TOKEN.` : message,
  )
}
