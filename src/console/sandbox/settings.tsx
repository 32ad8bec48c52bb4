import type { JSX } from 'preact'
import type { SandboxSetting, SettingValue } from '../../control/settings/types.ts'
import { useLoaded } from '../parts/hooks.ts'
import { useSession } from '../session.ts'
import { FlagTable } from './flag-table.tsx'

/** The settings of the sandbox by group, without the switches, which have a table of their own. */
export function Settings(): JSX.Element {
  const { api } = useSession()
  const load = async (): Promise<ReadonlyMap<string, SandboxSetting[]>> => {
    const [settings, switches] = await Promise.all([api.settings.list(), api.ambiguities.list()])
    const names = new Set(switches.map(({ name }) => name))
    return groupsOf(settings.filter(({ name }) => !names.has(name)))
  }
  const { value: groups = [], error } = useLoaded(load, '')
  return (
    <FlagTable
      title="Settings"
      intro="They are set when the sandbox starts. Secrets are not shown."
      lastColumn="Meaning"
      error={error}
    >
      {[...groups].map(([group, members]) => (
        <tbody>
          <tr class="group">
            <th scope="rowgroup" colSpan={3}>
              {group}
            </th>
          </tr>
          {members.map(({ flag, value, origin, description }) => (
            <tr>
              <th scope="row">
                <code>{flag}</code>
              </th>
              <td>
                <Value value={value} /> <span class="source">{originInWords(origin)}</span>
              </td>
              <td>{description}</td>
            </tr>
          ))}
        </tbody>
      ))}
    </FlagTable>
  )
}

function groupsOf(settings: readonly SandboxSetting[]): ReadonlyMap<string, SandboxSetting[]> {
  const groups = new Map<string, SandboxSetting[]>()
  for (const setting of settings) {
    groups.set(setting.group, [...(groups.get(setting.group) ?? []), setting])
  }
  return groups
}

const Value = ({ value }: { readonly value: SettingValue }) =>
  value === null ? <span class="source">none</span> : <b>{[value].flat().join(', ')}</b>

const originInWords = (origin: string): string => (origin === 'default' ? '' : `set by ${origin}`)
