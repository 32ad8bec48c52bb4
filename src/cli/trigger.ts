import { Type, type Static } from '@sinclair/typebox'
import { ApiError } from '../base/problems/problems.ts'
import { BaseUrl, BearerToken, Uuid } from '../base/schema/formats.ts'
import { connectSandbox, type ConnectedSandbox } from '../client/connect.ts'
import { DeliverTo } from '../control/deliveries/settings.ts'
import type { Delivery, DeliveryAttempt, EventTrigger } from '../control/deliveries/types.ts'
import { parseFlags, type Command } from './command.ts'
import { optionText } from './help.ts'
import { ConfigError } from './config.ts'
import { valueOf } from './data-file.ts'
import { jsonOf, readJsonFile } from '../control/state/json-file.ts'
import { readValues, settingsOf } from './environment.ts'
import { version } from '../version.ts'

/** The settings of `wink-webhook-mock trigger`. */
const TriggerConfig = Type.Object({
  managingEntity: Type.Optional(
    Type.Unsafe<string>({ ...Uuid, description: 'Managing entity whose webhooks get the event.' }),
  ),
  object: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'JSON file with what the event is about; - reads stdin. Without it: {}.',
    }),
  ),
  deliverTo: Type.Optional(
    Type.Unsafe<string>({
      ...DeliverTo,
      description:
        'Base URL that takes the place of scheme and host of the registered URL, or event-url for that URL itself. Without it, the receiver that the sandbox or the tenant has.',
    }),
  ),
  copies: Type.Integer({
    minimum: 1,
    maximum: 10,
    default: 1,
    description: 'How often the same event is sent to each webhook.',
  }),
  url: Type.Unsafe<string>({
    ...BaseUrl,
    default: 'http://127.0.0.1:4010',
    description: 'Base URL of the running sandbox.',
  }),
  adminToken: Type.Optional(
    Type.Unsafe<string>({
      ...BearerToken,
      writeOnly: true,
      description: 'Bearer token that the control API of the sandbox asks for.',
    }),
  ),
})
type TriggerConfig = Static<typeof TriggerConfig>

const settings = settingsOf(TriggerConfig)

/** Time of one wait for deliveries, in ms; the next one follows. */
const waitMs = 1_000

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
  { argv, env }: Extract<Command, { kind: 'trigger' }>,
  print: (line: string) => void,
): Promise<boolean> {
  const { values, positionals } = parseFlags(argv, settings, { allowPositionals: true })
  if (values['help'] === true) {
    print(helpText())
    return true
  }
  if (values['version'] === true) {
    print(version)
    return true
  }
  const config = readValues(settings, values, env).values as TriggerConfig
  const event = { ...eventOf(positionals, config), ...(await objectOf(config)) }
  const { url, adminToken } = config
  try {
    return await deliver(await connectSandbox(url, { adminToken }), event, print)
  } catch (error) {
    throw explained(error, config)
  }
}

/** @throws ConfigError if the type or the managing entity is missing */
function eventOf([type, ...others]: readonly string[], config: TriggerConfig) {
  if (type === undefined || others.length > 0) {
    throw new ConfigError('trigger takes one event type, such as: trigger booking.create')
  }
  const { managingEntity, deliverTo, copies } = config
  if (managingEntity === undefined) {
    throw new ConfigError(
      'trigger needs --managing-entity: the identifier of the one whose webhooks get the event',
    )
  }
  return {
    type,
    managingEntityIdentifier: managingEntity,
    copies,
    ...(deliverTo !== undefined && { deliverTo }),
  }
}

/**
 * Reads the object of the event from a file or from stdin.
 *
 * @throws ConfigError if it cannot be read or is not JSON
 */
async function objectOf({ object: path }: TriggerConfig): Promise<{ object?: unknown }> {
  if (path === undefined) return {}
  if (path !== '-') return { object: valueOf(path, readJsonFile(path)) }
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return { object: valueOf('stdin', jsonOf(Buffer.concat(chunks))) }
}

async function deliver(
  sandbox: ConnectedSandbox,
  input: EventTrigger,
  print: (line: string) => void,
): Promise<boolean> {
  const { event, deliveries, hints } = await sandbox.events.trigger(input)
  print(`${event.type}, event ${event.id}`)
  for (const hint of hints) print(`hint: ${hint}`)
  const ended: Delivery[] = []
  for await (const delivery of endedDeliveries(sandbox, event.id)) {
    ended.push(delivery)
    for (const line of linesOf(delivery)) print(line)
  }
  const due = ended.filter(({ reason }) => reason !== 'disabled' && reason !== 'not-subscribed')
  const isComplete = ended.length === deliveries.length
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
    for (const delivery of known) {
      if (delivery.state === 'pending' || seen.has(delivery.id)) continue
      seen.add(delivery.id)
      yield delivery
    }
    if (!known.some(({ state }) => state === 'pending')) return
    await deliveries.wait({ eventId, count: seen.size + 1, timeoutMs: waitMs }).catch(ignoreTimeout)
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
function explained(error: unknown, { url }: TriggerConfig): Error {
  const { message } = error as Error
  if (!(error instanceof ApiError)) {
    return new TriggerError(
      `no sandbox answers at ${url}: ${message}; start one with wink-webhook-mock, or name another with --url or WINK_MOCK_URL`,
    )
  }
  if (error.problem === 'bad-request') return new ConfigError(message)
  const isRefused = error.problem === 'unauthorized'
  return new TriggerError(
    isRefused ? `${message} Give the token with --admin-token or WINK_MOCK_ADMIN_TOKEN.` : message,
  )
}

const helpText = (): string =>
  [
    'wink-webhook-mock trigger: has a running sandbox deliver an event.',
    '',
    'Usage: wink-webhook-mock trigger TYPE --managing-entity ID [options]',
    '',
    ...settings.map(optionText),
    '  --help, -h',
    '      Print this and end.',
    '',
    'It prints a line for each attempt, and the verdict on the receiver. Exit code 0: delivered to every webhook that is',
    'enabled and subscribes to the event; 1: not; 2: a wrong option.',
  ].join('\n')
