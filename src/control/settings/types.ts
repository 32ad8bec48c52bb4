/** The value of a setting; null: it has none. */
export type SettingValue = string | number | boolean | string[] | null

/** A setting of a sandbox, under the name that the program has for it. */
export interface SandboxSetting {
  /** Its name, such as `maxWebhooks`. */
  name: string
  /** Its heading in docs/settings.md, such as `Limits`. */
  group: string
  /** Flag of the program that sets it, such as `--max-webhooks`. */
  flag: string
  /** Environment variable that sets it, such as `WINK_MOCK_MAX_WEBHOOKS`. */
  environment: string
  /** Its meaning. */
  description: string
  /** Its value in this sandbox; null: it has none. The text `set` stands for a secret. */
  value: SettingValue
  /** The flag, the environment variable or the option of the library that gave the value; `default`: none did. */
  origin: string
}
