import { Kind, Type, type Static, type TSchema } from '@sinclair/typebox'
import { Switches, switchNames } from './switches.ts'
import { literalsOf } from '../../base/schema/literals.ts'
import { settingNames } from '../../base/settings.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

const exampleAmbiguity = {
  name: 'timestamps',
  flag: '--timestamps',
  environment: 'WINK_MOCK_TIMESTAMPS',
  question: 'The schema says date-time, which has an offset; the examples have none.',
  values: ['utc', 'local'],
  default: 'utc',
  current: 'utc',
  reason: 'The schema is what clients are generated from.',
  source: 'doc, wink, ours; CONTRACT §3',
}

const SwitchValue = Type.Union([Type.String(), Type.Integer()])

/** A question that Wink's documentation leaves open, and how this sandbox answers it. */
export const Ambiguity = Type.Object(
  {
    name: Type.String({ description: 'Name of the switch.' }),
    flag: Type.String({ description: 'Flag that sets it.' }),
    environment: Type.String({ description: 'Environment variable that sets it.' }),
    question: Type.String({ description: 'What the documentation leaves open.' }),
    values: Type.Array(SwitchValue, { description: 'What it can be set to.' }),
    default: SwitchValue,
    current: SwitchValue,
    reason: Type.String({ description: 'Why the default is what it is.' }),
    source: Type.String({
      description: 'Where the question comes from; docs/fidelity.md has more.',
    }),
  },
  { title: 'Ambiguity', examples: [exampleAmbiguity] },
)
export type Ambiguity = InterfaceOf<typeof Ambiguity, types.Ambiguity>

/** Answer of `GET /__admin/ambiguities`. */
export const Ambiguities = Type.Object({ ambiguities: Type.Array(Ambiguity) })
export type Ambiguities = Static<typeof Ambiguities>

/** The open question behind each switch, the reason of the default, and the source. */
const rows: Readonly<Record<keyof Switches, Pick<Ambiguity, 'question' | 'reason' | 'source'>>> = {
  allowHttpEventUrls: {
    question:
      'The page asks for an HTTPS endpoint that is publicly accessible. Is an http URL accepted, as receivers under test have?',
    reason: 'A client that would register an http URL at Wink should find out in its tests.',
    source: 'doc, ours; CONTRACT §2',
  },
  timestamps: {
    question:
      'The schema says date-time, which has an offset; the examples have none. Which form do answers have?',
    reason:
      'The schema is what clients are generated from, and a time without offset is no instant.',
    source: 'doc, wink, ours; CONTRACT §3',
  },
  firstVersion: {
    question:
      'The version is the number of times that a webhook has been persisted. Does a new one have 1, or 0 as with counters that count changes?',
    reason: 'A webhook that was created has been persisted once.',
    source: 'doc, ours; CONTRACT §3',
  },
  unknownEventNames: {
    question: "Is an event name that is not in Wink's catalogue refused?",
    reason:
      "The page's own example, booking.created, is not in the catalogue (booking.create is), and must not be refused.",
    source: 'doc, wink, ours; CONTRACT §2',
  },
  winkVersion: {
    question:
      "The page allows 2.0 and gives 2.0.0 as default; Wink's channel-manager guide calls Wink-Version required. Is any other value refused, and a missing field?",
    reason:
      'A value that the page does not allow is a mistake of the client; a field with a default may be left out.',
    source: 'doc, wink, ours; CONTRACT §2',
  },
  entityMismatch: {
    question: 'Both path and body name the managing entity. What if they name different ones?',
    reason: 'The client contradicts itself; to believe either side would hide its mistake.',
    source: 'ours; CONTRACT §1',
  },
}

/** All open questions, with the current values of the switches. */
export function ambiguitiesOf(switches: Switches): Ambiguity[] {
  return switchNames.map((name) => {
    const schema: TSchema = Switches.properties[name]
    const { flag, environment } = settingNames(name)
    const { question, reason, source } = rows[name]
    return {
      name,
      flag: `--${flag}`,
      environment,
      question,
      values: valuesOf(schema),
      default: schema.default as Ambiguity['default'],
      current: switches[name],
      reason,
      source,
    }
  })
}

function valuesOf(schema: TSchema): Ambiguity['values'] {
  if (schema[Kind] === 'Union') return literalsOf(schema)
  const minimum = Number(schema['minimum'])
  const count = Number(schema['maximum']) - minimum + 1
  return Array.from({ length: count }, (_, index) => minimum + index)
}
