import { isBoolean, isList, isNumeric } from '../base/settings.ts'
import { settingNamesInOrder } from '../control/settings/given.ts'
import { settingGroups } from '../control/settings/groups.ts'
import { addressSettings, controlSettings } from './address.ts'
import { settings, type Setting } from './environment.ts'

/** The settings by group, for `--help` and docs/settings.md. */
export function groupedSettings(): ReadonlyMap<string, readonly Setting[]> {
  const found = new Map<string, Setting[]>()
  for (const name of settingNamesInOrder) {
    const members = settings.filter((setting) => setting.name === name)
    found.set(settingGroups[name], [...(found.get(settingGroups[name]) ?? []), ...members])
  }
  return found
}

/** A flag with the kind of its value, such as `--port, -p <number>`. */
export function flagText({ flag, schema }: Setting): string {
  const value = isBoolean(schema) ? '' : ` <${isNumeric(schema) ? 'number' : 'text'}>`
  return `--${flag}${flag === 'port' ? ', -p' : ''}${value}${isList(schema) ? ' ...' : ''}`
}

/** The part of a help text about a setting. */
export function optionText(setting: Setting): string {
  const { variables, schema } = setting
  const byDefault = schema.default === undefined ? '' : `Default: ${String(schema.default)}. `
  return [
    `  ${flagText(setting)}`,
    `      ${String(schema.description)}`,
    `      ${byDefault}Environment: ${variables.join(', ')}.`,
  ].join('\n')
}

/** The text of `--help`. */
export function helpText(): string {
  const groupTexts = [...groupedSettings()].flatMap(([group, members]) => [
    '',
    `${group}:`,
    ...members.map(optionText),
  ])
  return [
    'wink-webhook-mock: a sandbox that takes the place of the Wink webhook API in tests.',
    '',
    'Usage: wink-webhook-mock [options]          run a sandbox',
    '       wink-webhook-mock --check [options]  read settings and data, and end: 0, or 2 with the reason',
    '       wink-webhook-mock help, --help, -h   print this',
    '       wink-webhook-mock version, --version, -v',
    '',
    'Commands for a running sandbox; each lists its options by --help:',
    '  health          ask whether it is up, or wait for it',
    '  requests        print its requests',
    '  trigger TYPE    have it deliver an event',
    'They find it by the settings that it was started with: --port, --host, --port-file, --tls-cert or their variables; or by',
    '--url (WINK_MOCK_URL).',
    '',
    'Examples:',
    '  wink-webhook-mock --data seed.json --timestamps local',
    '  wink-webhook-mock --port 0 --port-file port.txt & wink-webhook-mock health --port-file port.txt --wait 10',
    '',
    'A sandbox answers at:',
    "  /api/managing-entity/{id}/webhook   Wink's webhooks",
    '  /oauth2/token                       access tokens',
    '  /reference, /openapi.json           the API, to read and to try',
    '  /__admin                            the control API: faults, journal, reset (docs/control-api.md)',
    '  /__admin/health                     whether it is up',
    ...groupTexts,
    '',
    'A flag comes before its environment variable. The log goes to stderr.',
  ].join('\n')
}

/** The part of a help text about where a command finds the sandbox. */
export const addressText = (members: readonly Setting[]): string =>
  [
    'Where the sandbox is. A flag comes before every variable; then --url comes before --port-file, and that before --port.',
    ...members.map(optionText),
  ].join('\n')

/** The text of `health --help`. */
export const healthText = (): string =>
  [
    'wink-webhook-mock health: asks a running sandbox whether it is up.',
    '',
    'Usage: wink-webhook-mock health [options]',
    '',
    '  --wait <number>',
    '      Seconds to wait until it is up. Default: 0.',
    '  --process <number>',
    '      Id of the process of the sandbox, whose flags say where it is (on Linux).',
    '',
    addressText(addressSettings),
    '',
    'It prints "up". It accepts every certificate. Exit code 0: up; 1: not, with the reason; 2: a wrong option.',
  ].join('\n')

/** The text of `requests --help`. */
export const requestsText = (): string =>
  [
    'wink-webhook-mock requests: prints the requests that a running sandbox holds.',
    '',
    'Usage: wink-webhook-mock requests [--follow] [options]',
    '',
    '  --follow, -f',
    '      Print those that come, too, until Ctrl-C or the end of the sandbox.',
    '',
    addressText(controlSettings),
    '',
    'Exit code 0: all printed; with --follow also when the sandbox has ended, which is said on stderr; 1: no sandbox answers,',
    'it refuses, or the connection broke; 2: a wrong option.',
  ].join('\n')
