import { Type, type Static } from '@sinclair/typebox'
import type { InterfaceOf } from '../../base/schema/interface.ts'
import { settingGroups } from './groups.ts'
import type * as types from './types.ts'

const exampleSetting = {
  name: 'maxWebhooks',
  group: 'Limits',
  flag: '--max-webhooks',
  environment: 'WINK_MOCK_MAX_WEBHOOKS',
  description: 'How many webhooks may be stored; one more is answered with 503.',
  value: 500,
  origin: 'WINK_MOCK_MAX_WEBHOOKS',
}

/** A setting of a sandbox, under the name that the program has for it. */
export const SandboxSetting = Type.Object(
  {
    name: Type.String({ description: 'Its name.' }),
    group: Type.String({
      description: `Its heading in docs/settings.md: ${[...new Set(Object.values(settingGroups))].join(', ')}.`,
    }),
    flag: Type.String({ description: 'Flag of the program that sets it.' }),
    environment: Type.String({ description: 'Environment variable that sets it.' }),
    description: Type.String({ description: 'Its meaning.' }),
    value: Type.Union(
      [
        Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Array(Type.String())]),
        Type.Null(),
      ],
      {
        description:
          'Its value in this sandbox; null: it has none. The text `set` stands for a secret.',
      },
    ),
    origin: Type.String({
      description:
        'The flag, the environment variable or the option of the library that gave the value; `default`: none did.',
    }),
  },
  { title: 'SandboxSetting', examples: [exampleSetting] },
)
export type SandboxSetting = InterfaceOf<typeof SandboxSetting, types.SandboxSetting>

/** Answer of `GET /__admin/settings`. */
export const SandboxSettings = Type.Object({ settings: Type.Array(SandboxSetting) })
export type SandboxSettings = Static<typeof SandboxSettings>
