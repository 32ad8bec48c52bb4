import { switchNames } from '../../wink/switches/switches.ts'
import type { Switches } from '../../wink/switches/types.ts'
import { settingGroups } from './groups.ts'
import type { Config } from './config.ts'
import type { SettingValue } from './types.ts'

/** Name of a setting. */
export type SettingName = keyof Config

/** The names of all settings, group by group. */
export const settingNamesInOrder = Object.keys(settingGroups) as readonly SettingName[]

/** A value that was given, and the flag, variable or option that gave it. */
export interface GivenSetting {
  readonly value: SettingValue
  readonly origin: string
}

/** The settings that a sandbox was started with. */
export interface GivenSettings {
  /** The settings that it has, in order. */
  readonly names: readonly SettingName[]
  /** Those that were given. All others have their default. */
  readonly given: Readonly<Partial<Record<SettingName, GivenSetting>>>
}

/** Options of the library that have another name than their setting. */
const optionNames: Readonly<Partial<Record<SettingName, string>>> = {
  tlsCert: 'tls',
  tlsKey: 'tls',
  corsOrigin: 'corsOrigins',
  tokenLifetime: 'tokenLifetimeSeconds',
  requestTimeout: 'requestTimeoutMs',
  shutdownTimeout: 'shutdownTimeoutMs',
  deliveryTimeout: 'deliveryTimeoutMs',
  retryDelays: 'retryDelaysMs',
}

/** How a setting writes the value of an option in another unit or form. */
const writers: Readonly<Record<string, (value: never) => SettingValue>> = {
  data: () => 'set',
  tls: () => 'set',
  corsOrigins: (origins: readonly string[]) => [...origins],
  requestTimeoutMs: secondsOf,
  shutdownTimeoutMs: secondsOf,
  deliveryTimeoutMs: secondsOf,
  retryDelaysMs: (delays: readonly number[]) => delays.join(',') || 'none',
}

function secondsOf(ms: number): number {
  return ms / 1000
}

/**
 * The settings that options of the library stand for.
 *
 * @param known - names of the options that there are
 */
export function givenByOptions(
  options: object & { readonly switches?: Partial<Switches> },
  known: Readonly<Record<string, true>>,
): GivenSettings {
  const { switches = {}, ...others } = options
  const values = { ...others, ...switches } as Readonly<Record<string, unknown>>
  const isSwitch = (name: string): boolean => switchNames.includes(name as keyof Switches)
  const optionOf = (name: SettingName): string => optionNames[name] ?? name
  const names = settingNamesInOrder.filter((name) => isSwitch(name) || optionOf(name) in known)
  const given = names.flatMap((name) => {
    const option = optionOf(name)
    if (values[option] === undefined) return []
    const write = writers[option] as ((value: unknown) => SettingValue) | undefined
    const value = write ? write(values[option]) : (values[option] as SettingValue)
    return [[name, { value, origin: isSwitch(name) ? `switches.${name}` : option }] as const]
  })
  return { names, given: Object.fromEntries(given) }
}

/**
 * The settings of the program.
 *
 * @param origins - the flag or variable of each setting that was given
 */
export const givenByConfig = (
  config: Config,
  origins: Readonly<Record<string, string | undefined>>,
): GivenSettings => ({
  names: settingNamesInOrder,
  given: Object.fromEntries(
    settingNamesInOrder.flatMap((name) => {
      const origin = origins[name]
      return origin === undefined ? [] : [[name, { value: config[name] as SettingValue, origin }]]
    }),
  ),
})
