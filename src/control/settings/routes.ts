import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { jsonResponse } from '../../base/openapi/responses.ts'
import { controlProblems } from '../responses.ts'
import type { SettingControl } from './control.ts'
import { SandboxSettings } from './schema.ts'

/** Lists the settings of the sandbox. */
export const settingRoutes: FastifyPluginCallbackTypebox<{ readonly settings: SettingControl }> = (
  app,
  { settings },
  done,
) => {
  app.get(
    '/settings',
    {
      schema: {
        operationId: 'list-settings',
        summary: 'List settings',
        description:
          'Shows the settings of the sandbox with their values and the origin of each value. Secrets are not shown.',
        tags: ['Sandbox'],
        response: {
          200: jsonResponse('The settings.', SandboxSettings),
          ...controlProblems(),
        },
      },
    },
    (_request, reply) => {
      reply.sendJson({ settings: settings.list() } satisfies SandboxSettings)
    },
  )
  done()
}
