import type { TSchema } from '@sinclair/typebox'
import { maskedText } from '../../base/masking/text.ts'
import type { OwnAddress } from '../../base/own-address.ts'
import { settingNames } from '../../base/settings.ts'
import { Config } from './config.ts'
import type { GivenSettings, SettingName } from './given.ts'
import { settingGroups } from './groups.ts'
import type { SandboxSetting, SettingValue } from './types.ts'

/** Lists the settings of a sandbox. */
export interface SettingControl {
  /** Lists the settings under the names that the program has for them, switches included. Secrets are masked. */
  list(): SandboxSetting[]
}

export function buildSettingControl(
  { names, given }: GivenSettings,
  ownAddress: OwnAddress,
): SettingControl {
  const settingOf = (name: SettingName): SandboxSetting => {
    const schema: TSchema = Config.properties[name]
    const { flag, environment } = settingNames(name)
    const { value, origin } = given[name] ?? {
      value: (schema.default ?? null) as SettingValue,
      origin: 'default',
    }
    return {
      name,
      group: settingGroups[name],
      flag: `--${flag}`,
      environment,
      description: String(schema.description),
      value: name === 'port' ? ownAddress.port : shown(value, schema),
      origin,
    }
  }
  return { list: () => names.map(settingOf) }
}

/** A value without secrets: the path of a URL may have one. */
function shown(value: SettingValue, { writeOnly }: TSchema): SettingValue {
  if (writeOnly === true && value !== null) return 'set'
  if (typeof value === 'string') return maskedText(value)
  return Array.isArray(value) ? value.map(maskedText) : value
}
