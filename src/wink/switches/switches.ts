import { Type, type Static } from '@sinclair/typebox'
import { Check, Clean, Create, Default } from '@sinclair/typebox/value'
import { expectationOf } from '../../base/setting-values.ts'

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

/**
 * All switches, those that are not given at their defaults.
 *
 * @throws RangeError for a name that is no switch, and for a value that a switch does not take
 */
export function requireSwitches(given: Partial<Switches> = {}): Switches {
  const stranger = Object.keys(given).find((name) => !Object.hasOwn(Switches.properties, name))
  if (stranger !== undefined) {
    throw new RangeError(`switches.${stranger} is no switch; use ${switchNames.join(', ')}`)
  }
  const switches = Default(Switches, { ...given }) as Switches
  for (const name of switchNames) {
    const schema = Switches.properties[name]
    const value = switches[name]
    if (Check(schema, value)) continue
    const expected = expectationOf(schema)
    throw new RangeError(
      `switches.${name} must be ${expected}, not ${typeof value} ${String(value)}`,
    )
  }
  return switches
}

/** The switches among the settings of the program. */
export function switchesOf(settings: Switches): Switches {
  return Clean(Switches, { ...settings }) as Switches
}
