import { isIPv6 } from 'node:net'
import { Type, type Static } from '@sinclair/typebox'
import { urlHostOf } from '../base/own-address.ts'
import { baseUrlFormat, formatted } from '../base/schema/formats.ts'
import { Config } from '../control/settings/config.ts'
import {
  readValues,
  settings,
  settingsOf,
  sharedVariables,
  type Environment,
  type Settings,
} from './environment.ts'
import { readPortFile } from './port-file.ts'
import { SandboxError } from './sandbox-error.ts'

// The commands that ask a running sandbox find it by one rule.

const withoutSlash = (url: string): string => url.replace(/\/$/, '')

const SandboxUrl = formatted('WinkMockSandboxUrl', {
  test: (text) => baseUrlFormat.test(withoutSlash(text)) && !/\/__admin\/?$/.test(text),
  expected:
    'an absolute http or https URL without user info, query, fragment and /__admin, such as http://127.0.0.1:4010',
  causes: [],
})

const SandboxHost = formatted('WinkMockSandboxHost', {
  test: (host) =>
    (isIPv6(host) || /^[^\s:/\\?#@[\]]+$/.test(host)) && URL.canParse(`http://${urlHostOf(host)}`),
  expected: 'a host name or IP address alone (a URL goes to --url)',
  causes: [],
})

/** The settings that tell a command where the sandbox is. Their names are those of the sandbox's own settings. */
const AddressConfig = Type.Object({
  url: Type.Optional(
    Type.Unsafe<string>({ ...SandboxUrl, description: 'Base URL of the sandbox.' }),
  ),
  portFile: Type.Optional(
    Type.String({ minLength: 1, description: 'File to which the sandbox writes its port.' }),
  ),
  port: Type.Integer({ ...Config.properties.port, description: 'Port of the sandbox.' }),
  host: Type.Unsafe<string>({
    ...SandboxHost,
    default: String(Config.properties.host.default),
    description: 'Host name or IP address of the sandbox; 0.0.0.0 and :: stand for loopback.',
  }),
  tlsCert: Type.Optional(
    Type.String({
      minLength: 1,
      description:
        'File with the certificate of the sandbox, or of its authority (PEM): the sandbox speaks https, and this certificate is trusted.',
    }),
  ),
})
/** The address of a running sandbox. */
export type Address = Static<typeof AddressConfig>

/** The settings of an address. */
export const addressSettings = settingsOf(AddressConfig, sharedVariables)

const adminTokenSettings = settings.filter(({ name }) => name === 'adminToken')
/** The settings of commands that use the control API. */
export const controlSettings = [...addressSettings, ...adminTokenSettings]

/** The address of a running sandbox, and the token for its control API. */
export interface ControlSettings extends Settings<Address> {
  readonly adminToken: string | undefined
}

/**
 * Reads where the sandbox is. Of several ways to say it, only the first is kept.
 *
 * @param flags - values by name
 * @throws ConfigError for a value that a setting does not accept
 */
export function readAddress(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): Settings<Address> {
  const { values, origins, warnings } = readValues(addressSettings, flags, env)
  const { url, portFile, ...others } = values as Address
  const isFlag = (name: keyof Address): boolean => origins[name]?.startsWith('--') === true
  const isUrlFirst = isFlag('url') || !(['portFile', 'port', 'host'] as const).some(isFlag)
  if (url !== undefined && isUrlFirst) {
    return { config: { ...others, url: withoutSlash(url) }, origins: {}, warnings: [] }
  }
  const isFileFirst = isFlag('portFile') || !isFlag('port') || others.port === 0
  return {
    config: { ...others, ...(portFile !== undefined && isFileFirst && { portFile }) },
    origins,
    warnings,
  }
}

/**
 * Reads where the sandbox is, and its admin token.
 *
 * @param flags - values by name
 * @throws ConfigError for a value that a setting does not accept
 */
export function readControl(
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): ControlSettings {
  const address = readAddress(flags, env)
  const { adminToken } = readValues(adminTokenSettings, flags, env).values
  return { ...address, adminToken: adminToken as string | undefined }
}

/**
 * The base URL of the sandbox at an address.
 *
 * @throws SandboxError while its port is not known, or if the file of its port is another
 */
export function baseUrlOf({ url, host, port, portFile, tlsCert }: Address): string {
  if (url !== undefined) return url
  const known = portFile === undefined ? port : readPortFile(portFile)
  if (known === 0) {
    throw new SandboxError(
      'port 0 is picked at the start; name the real one with --port, or the file that has it with --port-file',
    )
  }
  return `${tlsCert === undefined ? 'http' : 'https'}://${hostnameOf(host)}:${known}`
}

/** A host name to reach a server by: one that listens on all addresses is reached on loopback. */
function hostnameOf(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return urlHostOf(host)
}
