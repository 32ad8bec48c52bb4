/** An invalid setting. The message names it and what it accepts. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly exitCode = 2
}
