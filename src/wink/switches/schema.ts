import { Type, type Static } from '@sinclair/typebox'
import { Create } from '@sinclair/typebox/value'

/** A switch between named behaviours; the first is the default. */
function oneOf<const Names extends readonly string[]>(names: Names, description: string) {
  const literals = names.map((name: Names[number]) => Type.Literal(name))
  return Type.Union(literals, { default: names[0], description })
}

/**
 * What the documentation leaves open, and a sandbox can be told to do in another way. Why each default is
 * what it is stands in `domain/ambiguities.ts`.
 */
export const Switches = Type.Object(
  {
    allowHttpEventUrls: oneOf(
      ['none', 'loopback', 'any'],
      'Which http event URLs are accepted: none, loopback (the machine itself) or any.',
    ),
    timestamps: oneOf(
      ['utc', 'local'],
      'How answers write times: utc, or local (UTC too, without offset and fraction).',
    ),
    firstVersion: Type.Integer({
      minimum: 0,
      maximum: 1,
      default: 1,
      description: 'The version of a new webhook.',
    }),
    unknownEventNames: oneOf(
      ['accept', 'refuse'],
      "What to do with event names that are not in Wink's catalogue: accept or refuse.",
    ),
    winkVersion: oneOf(
      ['check', 'ignore'],
      'What to do with the header field Wink-Version: check or ignore.',
    ),
    entityMismatch: oneOf(
      ['refuse', 'path-wins'],
      'What to do where path and body name different entities: refuse or path-wins.',
    ),
  },
  { additionalProperties: false },
)
export type Switches = Static<typeof Switches>

export const switchNames = Object.keys(Switches.properties) as readonly (keyof Switches)[]

/** Each switch as it stands where nobody sets it. */
export const defaultSwitches: Readonly<Switches> = Create(Switches)

const SwitchValue = Type.Union([Type.String(), Type.Integer()])

/** A question that the documentation leaves open, and how this sandbox answers it. */
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
  { title: 'Ambiguity' },
)
export type Ambiguity = Static<typeof Ambiguity>

/** Answer of `GET /__admin/ambiguities`. */
export const Ambiguities = Type.Object({ ambiguities: Type.Array(Ambiguity) })
export type Ambiguities = Static<typeof Ambiguities>
