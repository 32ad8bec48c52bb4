import type {
  preHandlerHookHandler,
  preParsingHookHandler,
  preValidationHookHandler,
} from 'fastify'
import type { AccountStore } from '../auth/accounts.ts'
import { requireMayManage } from '../auth/authorization.ts'
import { ApiError } from '../../base/problems/problems.ts'
import { readBody } from '../../http/body-reader.ts'
import { requireJsonBody } from '../../http/json-body.ts'
import { requireJson } from '../../http/media-type.ts'
import type { Switches } from '../switches/switches.ts'

// The route hooks for steps 5 to 8 of CONTRACT §1.

/** Step 5: requires the media type JSON, before the body is read. */
export const requireJsonMediaType: preParsingHookHandler = ({ headers }, _reply, payload, next) => {
  requireJson(headers['content-type'])
  next(null, payload)
}

/** The documentation writes the only version in two ways: as allowed value and as default. */
const versions: readonly string[] = ['2.0', '2.0.0']

/** The sentence of the refusal, by switch; undefined where every value is accepted. */
const versionRefusals = {
  check: 'Send "Wink-Version: 2.0" once, or leave it out; --wink-version ignore accepts any.',
  ignore: undefined,
  require:
    'Send "Wink-Version: 2.0" once; --wink-version check accepts a request without it, ignore any.',
} satisfies Record<Switches['winkVersion'], string | undefined>

/** Step 6: requires `Wink-Version` to be a documented version or, by default, left out (CONTRACT §2). */
export const requireWinkVersion = (winkVersion: Switches['winkVersion']): preParsingHookHandler => {
  const detail = versionRefusals[winkVersion]
  const accepted: readonly (string | undefined)[] =
    winkVersion === 'require' ? versions : [undefined, ...versions]
  return ({ headers }, _reply, payload, next) => {
    const version = headers['wink-version'] // Node.js joins several fields by commas.
    if (detail !== undefined && !accepted.includes(version?.toString())) {
      throw new ApiError('bad-request', detail, { rule: 'wink-version' })
    }
    next(null, payload)
  }
}

/** Step 7: reads the body and parses it as JSON; the route's schema is checked next. */
export const readJsonBody: preValidationHookHandler = (request, _reply, next) => {
  readBody(request, (body) => requireJsonBody(body, request.headers['content-encoding']), next)
}

interface EntityParams {
  readonly managingEntityIdentifier: string
}

/** Step 8: requires a managing entity that exists and that the token may manage. */
export const requireManagingEntity =
  (accounts: AccountStore): preHandlerHookHandler =>
  ({ context, params }, _reply, next) => {
    const { managingEntityIdentifier } = params as EntityParams
    if (!accounts.hasManagingEntity(managingEntityIdentifier)) {
      throw new ApiError(
        'not-found',
        'There is no such managing entity; use one that is configured (managingEntities of --data), or make one: POST /__admin/tenants.',
        { rule: 'managing-entity-exists' },
      )
    }
    requireMayManage(context.account, managingEntityIdentifier)
    next()
  }
