import { ApiError } from '../../base/problems/problems.ts'

/** The documentation writes the one version in two ways: as allowed value and as default. */
const versions: readonly (string | undefined)[] = ['2.0', '2.0.0']

/**
 * `Wink-Version` may be left out; where it is sent it is the documented version (CONTRACT §2).
 *
 * @param version - value of the field; several fields arrive as one value, joined by commas
 * @throws ApiError `bad-request`
 */
export function requireWinkVersion(version: string | string[] | undefined): void {
  if (version === undefined || versions.includes(String(version))) return
  throw new ApiError(
    'bad-request',
    'Send "Wink-Version: 2.0" once, or leave it out; --wink-version ignore accepts any.',
    {
      rule: 'wink-version',
    },
  )
}
