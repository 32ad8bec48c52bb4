import { Type, type Static } from '@sinclair/typebox'
import { Uuid } from '../base/schema/formats.ts'
import { DeliverTo, retryDelaysOf, RetryDelaysText } from '../control/deliveries/settings.ts'
import { SigningSecret } from '../control/deliveries/trigger-schema.ts'
import type { EventTrigger } from '../control/deliveries/types.ts'
import { jsonOf, readJsonFile } from '../control/state/json-file.ts'
import { controlSettings, readControl, type ControlSettings } from './address.ts'
import { parseFlags, type Command } from './command.ts'
import { ConfigError } from './config-error.ts'
import { valueOf } from './data-file.ts'
import { readValues, settingsOf, withUsableHost } from './environment.ts'
import { addressText, optionText } from './help.ts'

/** The settings of `wink-webhook-mock trigger`. */
const TriggerConfig = Type.Object({
  managingEntity: Type.Optional(
    Type.Unsafe<string>({ ...Uuid, description: 'Managing entity whose webhooks get the event.' }),
  ),
  webhook: Type.Optional(
    Type.Unsafe<string>({ ...Uuid, description: 'The only webhook that gets the event.' }),
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
        'Base URL that takes the place of scheme, user info, host and port of the registered URL, or event-url for that URL itself. Without it, the receiver that the sandbox or the tenant has.',
    }),
  ),
  copies: Type.Integer({
    minimum: 1,
    maximum: 10,
    default: 1,
    description: 'How often the same event is sent to each webhook.',
  }),
  retryDelays: Type.Optional(
    Type.Unsafe<string>({
      ...RetryDelaysText,
      description:
        'Pauses before further attempts, in ms; none: one attempt. Without it, those of the sandbox.',
    }),
  ),
  sign: Type.Optional(
    Type.Unsafe<string>({
      ...SigningSecret,
      description: 'Secret of Standard Webhooks (whsec_…) that signs each attempt.',
    }),
  ),
})
type TriggerConfig = Static<typeof TriggerConfig>

const settings = settingsOf(TriggerConfig)

/** The task of the command. */
export type TriggerInput =
  | { readonly kind: 'help' | 'version' }
  | ({ readonly kind: 'trigger'; readonly event: EventTrigger } & ControlSettings)

/**
 * Reads the command line, and the object from its file or from stdin.
 *
 * @throws ConfigError if the command line or the object is invalid
 */
export async function readTrigger(
  { argv, env }: Extract<Command, { kind: 'trigger' }>,
  stdin: AsyncIterable<Buffer | string>,
): Promise<TriggerInput> {
  const { values, positionals } = parseFlags(argv, [...settings, ...controlSettings], {
    own: { header: { type: 'string', multiple: true } },
    allowPositionals: true,
    command: 'trigger',
  })
  if (values['help'] === true) return { kind: 'help' }
  if (values['version'] === true) return { kind: 'version' }
  const config = readValues(settings, values, env).values as TriggerConfig
  const control = readControl(values, env)
  const headers = headersOf((values['header'] ?? []) as string[])
  const event = eventOf(positionals, config, { headers, ...(await objectOf(config, stdin)) })
  return { kind: 'trigger', event, ...(await withUsableHost(control)) }
}

/** @throws ConfigError if the type, or the managing entity and the webhook are missing */
function eventOf(
  [type, ...others]: readonly string[],
  config: TriggerConfig,
  parts: { readonly headers: Record<string, string>; readonly object?: unknown },
): EventTrigger {
  if (type === undefined || others.length > 0) {
    throw new ConfigError('trigger takes one event type, such as: trigger booking.create')
  }
  const { managingEntity, webhook, deliverTo, copies, retryDelays, sign } = config
  return {
    type,
    ...targetOf(managingEntity, webhook),
    ...parts,
    copies,
    ...(deliverTo !== undefined && { deliverTo }),
    ...(retryDelays !== undefined && { retryDelaysMs: retryDelaysOf(retryDelays) }),
    ...(sign !== undefined && { sign: { secret: sign } }),
  }
}

function targetOf(managingEntityIdentifier: string | undefined, webhookId: string | undefined) {
  if (webhookId !== undefined) {
    return {
      webhookId,
      ...(managingEntityIdentifier !== undefined && { managingEntityIdentifier }),
    }
  }
  if (managingEntityIdentifier !== undefined) return { managingEntityIdentifier }
  throw new ConfigError(
    'trigger needs --managing-entity: the identifier of the one whose webhooks get the event; or --webhook',
  )
}

/** @throws ConfigError if a text is no header field, or names one again */
function headersOf(fields: readonly string[]): Record<string, string> {
  const headers = new Map<string, string>()
  for (const field of fields) {
    const colon = field.indexOf(':')
    if (colon < 1) {
      // Not quoted: it may hold a secret.
      throw new ConfigError(
        '--header must be "Name: value"; one has no name with a colon behind it',
      )
    }
    const name = field.slice(0, colon)
    if (headers.has(name)) throw new ConfigError(`--header names ${name} twice`)
    headers.set(name, field.slice(colon + 1).trim())
  }
  return Object.fromEntries(headers)
}

/**
 * Reads the object of the event from a file or from stdin.
 *
 * @throws ConfigError if it cannot be read or is not JSON
 */
async function objectOf(
  { object: path }: TriggerConfig,
  stdin: AsyncIterable<Buffer | string>,
): Promise<{ object?: unknown }> {
  if (path === undefined) return {}
  if (path !== '-') return { object: valueOf(path, readJsonFile(path)) }
  const chunks: Buffer[] = []
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk))
  return { object: valueOf('stdin', jsonOf(Buffer.concat(chunks))) }
}

/** The text of `trigger --help`. */
export const helpText = (): string =>
  [
    'wink-webhook-mock trigger: has a running sandbox deliver an event.',
    '',
    'Usage: wink-webhook-mock trigger TYPE --managing-entity ID [options]',
    '       wink-webhook-mock trigger TYPE --webhook ID [options]',
    '',
    ...settings.map(optionText),
    '  --header <text> ...',
    '      Further header field of the event, such as "X-Tenant: a".',
    '  --help, -h',
    '      Print this and end.',
    '',
    addressText(controlSettings),
    '',
    'It prints a line for each attempt, and the verdict on the receiver. Exit code 0: delivered to every webhook that is',
    'enabled and subscribes to the event, and there is at least one; 1: not, or no sandbox answers, or it refuses the event;',
    '2: a wrong option or event, or a file that cannot be read.',
  ].join('\n')
