import type { Setting } from '../src/cli/environment.ts'

/** An option of the library. */
export interface DocumentedOption {
  readonly name: string
  readonly type: string
  readonly says: string
}

/** The text of settings.md with its tables rewritten from these settings. */
export function withSettings(page: string, groups: ReadonlyMap<string, readonly Setting[]>): string
/** The text of settings.md with the table of addresses rewritten from these settings. */
export function withAddress(page: string, settings: readonly Setting[]): string
/** The text of library.md with its table rewritten from these options. */
export function withOptions(page: string, options: readonly DocumentedOption[]): string
/** The options of `startSandbox` in these type declarations. */
export function optionsIn(declarations: string): readonly DocumentedOption[]
