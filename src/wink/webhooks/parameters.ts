import { Type, type TSchema } from '@sinclair/typebox'
import { exampleEntity, exampleWebhook } from '../examples.ts'
import type { Switches } from '../switches/switches.ts'

// These schemas are documentation only. The checks are hooks, because CONTRACT §1 fixes their order and their sentences.

const managingEntityIdentifier = Type.String({
  description: 'Identifier of the managing entity that owns the webhooks.',
  examples: [exampleEntity.identifier],
})

/** Path parameters of a managing entity. */
export const EntityPath = Type.Object({ managingEntityIdentifier })

/** Path parameters of one webhook. */
export const WebhookPath = Type.Object({
  managingEntityIdentifier,
  id: Type.String({
    description: 'Identifier of the webhook.',
    examples: [exampleWebhook.id],
  }),
})

const versionNote = 'Version of the API.'

/** As Wink publishes it: the default is not among the allowed values, and is accepted too. */
const documentedVersion = Type.Unsafe<string>({
  type: 'string',
  enum: ['2.0'],
  default: '2.0.0',
  description: versionNote,
  examples: ['2.0'],
})

const winkVersions = {
  check: Type.Optional(documentedVersion),
  ignore: Type.Optional(
    Type.String({
      default: '2.0.0',
      description: `${versionNote} Any is accepted (\`--wink-version ignore\`).`,
    }),
  ),
  require: documentedVersion,
} satisfies Record<Switches['winkVersion'], TSchema>

// Tools send the first example, so that one must succeed.
const preferences = {
  usual: { summary: 'The usual answer', value: 'return=representation' },
  refusal: { summary: 'A refusal', value: 'code=503' },
}
const versions = {
  any: { summary: 'Any version', value: '*' },
  one: { summary: 'One version', value: '"1"' },
}

/** Header fields of every operation, by switch (CONTRACT §2). */
export const apiHeaders = ({ winkVersion }: Pick<Switches, 'winkVersion'>) =>
  Type.Object({
    'Wink-Version': winkVersions[winkVersion],
    Prefer: Type.Optional(
      Type.String({
        'x-examples': preferences,
        description:
          "The sandbox's own: `code=<status>` asks for that problem, and `Preference-Applied` says that it was (RFC 7240); 400, 401, 403, 404, 405, 409, 415, 500 or 503. Nothing is stored then.",
      }),
    ),
  })

/** Header fields of operations that accept `If-Match` (CONTRACT §6). */
export const conditionalHeaders = (switches: Pick<Switches, 'winkVersion'>) =>
  Type.Object({
    ...apiHeaders(switches).properties,
    'If-Match': Type.Optional(
      Type.String({
        'x-examples': versions,
        description:
          'The version that is meant: `3`, `"3"` or `W/"3"`, a list of these, or `*` for any.',
      }),
    ),
  })
