import { isBoolean, isList, isNumeric } from '../base/settings.ts'
import type { Config } from './config.ts'
import { requestsUsage } from './command.ts'
import { settings, type Setting } from './environment.ts'

/** The group of each setting. A group is listed where its first setting is. */
const groups: Readonly<Record<keyof Config, string>> = {
  port: 'Address',
  host: 'Address',
  portFile: 'Address',
  publicUrl: 'Address',
  tlsCert: 'Address',
  tlsKey: 'Address',
  corsOrigin: 'Address',
  logLevel: 'Log',
  logFormat: 'Log',
  data: 'Data',
  dataJson: 'Data',
  stateFile: 'Data',
  seed: 'Data',
  adminToken: 'Access',
  tokenLifetime: 'Access',
  maxWebhooks: 'Limits',
  maxWebhookBytes: 'Limits',
  maxJournalEntries: 'Limits',
  maxJournalBytes: 'Limits',
  maxConnections: 'Limits',
  requestTimeout: 'Limits',
  shutdownTimeout: 'Limits',
  deliverTo: 'Events',
  deliveryTimeout: 'Events',
  retryDelays: 'Events',
  deliveryInsecureTls: 'Events',
  allowHttpEventUrls: 'Questions that the documentation of Wink leaves open',
  timestamps: 'Questions that the documentation of Wink leaves open',
  firstVersion: 'Questions that the documentation of Wink leaves open',
  unknownEventNames: 'Questions that the documentation of Wink leaves open',
  winkVersion: 'Questions that the documentation of Wink leaves open',
  entityMismatch: 'Questions that the documentation of Wink leaves open',
}

/** The settings by group, for `--help` and docs/settings.md. */
export function groupedSettings(): ReadonlyMap<string, readonly Setting[]> {
  const found = new Map<string, Setting[]>()
  for (const name of Object.keys(groups) as (keyof Config)[]) {
    const members = settings.filter((setting) => setting.name === name)
    found.set(groups[name], [...(found.get(groups[name]) ?? []), ...members])
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
    '       wink-webhook-mock health [options]   ask the sandbox at this host and port whether it is up: 0 or 1',
    '         --wait <seconds>                   and wait for it that long',
    '         --process <number>                 the sandbox that this process runs (on Linux)',
    '       wink-webhook-mock trigger TYPE [options]   have a running sandbox deliver an event; trigger --help lists its options',
    `       ${requestsUsage}`,
    '                                            print the requests of a running sandbox',
    '       wink-webhook-mock help, --help, -h   print this',
    '       wink-webhook-mock version, --version, -v',
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
