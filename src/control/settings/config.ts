import { Type, type Static } from '@sinclair/typebox'
import { defaultMaxWebhookBytes } from '../../wink/webhooks/size.ts'
import { defaultTokenLifetimeSeconds, maxTokenLifetimeSeconds } from '../../wink/data-schema.ts'
import { BaseUrl, BearerToken, Origin } from '../../base/schema/formats.ts'
import {
  defaultDeliveryTimeoutMs,
  defaultRetryDelaysMs,
  DeliverTo,
  RetryDelaysText,
} from '../deliveries/settings.ts'
import { Switches } from '../../wink/switches/switches.ts'

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
const logFormats = ['auto', 'json', 'text'] as const
const daySeconds = 24 * 60 * 60

/**
 * The settings of the program. The name of a setting gives its flag (`--max-webhooks`) and its environment variable
 * (`WINK_MOCK_MAX_WEBHOOKS`).
 */
export const Config = Type.Object({
  port: Type.Integer({
    minimum: 0,
    maximum: 65_535,
    default: 4010,
    description: 'Port to listen on; 0 picks a free one.',
  }),
  host: Type.String({
    minLength: 1,
    default: '127.0.0.1',
    description: 'Host name or IP address to listen on.',
  }),
  portFile: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'File that has the port while the sandbox is up, for --port 0.',
    }),
  ),
  logLevel: Type.Union(
    levels.map((level) => Type.Literal(level)),
    { default: 'info', description: `What to log: ${levels.join(', ')}, in any case.` },
  ),
  logFormat: Type.Union(
    logFormats.map((format) => Type.Literal(format)),
    {
      default: 'auto',
      description:
        'auto: text on a terminal, else json. text: readable lines. json: JSON lines, the first with the address as url.',
    },
  ),
  data: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'JSON file with the managing entities, tokens and webhooks to start with.',
    }),
  ),
  dataJson: Type.Optional(
    Type.String({
      minLength: 1,
      writeOnly: true,
      description: 'The same JSON itself, instead of a file.',
    }),
  ),
  stateFile: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'JSON file that keeps the state for the next start. If it exists, it counts in place of the data.',
    }),
  ),
  maxWebhooks: Type.Integer({
    minimum: 0,
    maximum: 100_000_000,
    default: 100_000,
    description: 'How many webhooks may be stored; one more is answered with 503.',
  }),
  maxWebhookBytes: Type.Integer({
    minimum: 0,
    maximum: 2 ** 31 - 1,
    default: defaultMaxWebhookBytes,
    description: 'How many bytes stored webhooks may take together; beyond it, 503.',
  }),
  maxJournalEntries: Type.Integer({
    minimum: 0,
    maximum: 1_000_000,
    default: 1_000,
    description: 'How many requests the journal keeps; 0: none.',
  }),
  maxJournalBytes: Type.Integer({
    minimum: 0,
    maximum: 2 ** 31 - 1,
    default: 16 * 1024 * 1024,
    description: 'How many bytes the requests in the journal may take together.',
  }),
  adminToken: Type.Optional(
    Type.Unsafe<string>({
      ...BearerToken,
      writeOnly: true,
      description: 'Bearer token that the control API (/__admin) asks for.',
    }),
  ),
  seed: Type.Optional(
    Type.Integer({
      minimum: 0,
      maximum: 2 ** 31 - 1,
      description: 'Makes ids and all else that is left to chance the same in every run.',
    }),
  ),
  tokenLifetime: Type.Integer({
    minimum: 1,
    maximum: maxTokenLifetimeSeconds,
    default: defaultTokenLifetimeSeconds,
    description: 'Seconds that an access token of /oauth2/token lives.',
  }),
  publicUrl: Type.Optional(
    Type.Unsafe<string>({
      ...BaseUrl,
      description: 'Base URL that clients know the sandbox by; else it is taken from Host.',
    }),
  ),
  tlsCert: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'File with a certificate (PEM): the sandbox speaks https. Needs --tls-key.',
    }),
  ),
  tlsKey: Type.Optional(
    Type.String({
      minLength: 1,
      description: 'File with the private key of the certificate (PEM, without a passphrase).',
    }),
  ),
  corsOrigin: Type.Optional(
    Type.Array(Origin, {
      description:
        'Origin whose pages may call the API from a browser, or *; may be repeated (in the variable: with commas).',
    }),
  ),
  requestTimeout: Type.Number({
    minimum: 0.001,
    maximum: daySeconds,
    default: 30,
    description: 'Seconds for a request to arrive (else 408), and for a client to read on.',
  }),
  maxConnections: Type.Integer({
    minimum: 1,
    maximum: 2 ** 31 - 1,
    default: 5_000,
    description: 'How many connections may be open at a time; one more is closed at once.',
  }),
  shutdownTimeout: Type.Number({
    minimum: 0,
    maximum: daySeconds,
    default: 5,
    description: 'Seconds that requests in flight get to finish after SIGTERM or SIGINT.',
  }),
  deliverTo: Type.Optional(
    Type.Unsafe<string>({
      ...DeliverTo,
      description:
        'Base URL that triggered events go to, such as http://localhost:3000, or event-url.',
    }),
  ),
  deliveryTimeout: Type.Number({
    minimum: 0.001,
    maximum: daySeconds,
    default: defaultDeliveryTimeoutMs / 1000,
    description: 'Seconds that a receiver of events has to the end of its answer.',
  }),
  retryDelays: Type.Unsafe<string>({
    ...RetryDelaysText,
    default: defaultRetryDelaysMs.join(','),
    description: 'Pauses before further attempts to deliver an event, in ms; none: one attempt.',
  }),
  deliveryInsecureTls: Type.Boolean({
    default: false,
    description: 'Delivers events to receivers with any TLS certificate.',
  }),
  ...Switches.properties,
})
export type Config = Static<typeof Config>
