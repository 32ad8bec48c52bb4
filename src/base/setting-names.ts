/** What a setting is called outside the program. */
export interface SettingNames {
  /** Without the hyphens in front, such as `max-webhooks`. */
  readonly flag: string
  /** Such as `WINK_MOCK_MAX_WEBHOOKS`. */
  readonly environment: string
}

/** The flag and the environment variable of a setting, which follow from its name. */
export function settingNames(name: string): SettingNames {
  const flag = name.replace(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
  return { flag, environment: `WINK_MOCK_${flag.replaceAll('-', '_').toUpperCase()}` }
}
