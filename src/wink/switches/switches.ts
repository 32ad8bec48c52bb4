import { Type } from '@sinclair/typebox'
import { Check, Clean, Create, Default } from '@sinclair/typebox/value'
import { expectationOf } from '../../base/settings.ts'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import type * as types from './types.ts'

/** A switch between named behaviours, the default first. */
function oneOf<const Names extends readonly string[]>(names: Names, description: string) {
  const literals = names.map((name: Names[number]) => Type.Literal(name))
  return Type.Union(literals, { default: names[0], description })
}

/**
 * Behaviour that Wink's documentation leaves open, for the user to choose. `ambiguities.ts` gives the reasons of the
 * defaults.
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
    firstVersion: Type.Unsafe<0 | 1>(
      Type.Integer({
        minimum: 0,
        maximum: 1,
        default: 1,
        description: 'The version of a new webhook.',
      }),
    ),
    unknownEventNames: oneOf(
      ['accept', 'refuse'],
      "What to do with event names that are not in Wink's catalogue: accept or refuse.",
    ),
    winkVersion: oneOf(
      ['check', 'ignore', 'require'],
      'What to do with the header field Wink-Version: check, ignore or require.',
    ),
    entityMismatch: oneOf(
      ['refuse', 'path-wins'],
      'What to do where path and body name different entities: refuse or path-wins.',
    ),
  },
  { additionalProperties: false },
)
export type Switches = InterfaceOf<typeof Switches, types.Switches>

export const switchNames = Object.keys(Switches.properties) as readonly (keyof Switches)[]

/** The default of each switch. */
export const defaultSwitches: Readonly<Switches> = Create(Switches)

/**
 * Validates switches and fills in defaults.
 *
 * @throws RangeError for an unknown switch or an invalid value
 */
export function requireSwitches(given: Partial<Switches> = {}): Switches {
  const unknownName = Object.keys(given).find((name) => !Object.hasOwn(Switches.properties, name))
  if (unknownName !== undefined) {
    throw new RangeError(`switches.${unknownName} is no switch; use ${switchNames.join(', ')}`)
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

/** Picks the switches from the settings of the program. */
export function switchesOf(settings: Switches): Switches {
  return Clean(Switches, { ...settings }) as Switches
}
