import { Check, Clean, Default } from '@sinclair/typebox/value'
import { Switches, switchNames } from './schema.ts'
import { expectationOf } from '../../base/setting-values.ts'

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
