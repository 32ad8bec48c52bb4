import type { Cause } from '../../base/problems/causes.ts'

/** A body as it was sent, whatever its members hold. */
type Body = Readonly<Record<string, unknown>>

const membersOfEntity = ({ entity }: Body): object => ({ ...(entity as object | null | undefined) })

/** Members that Wink's webhooks have no more. They are ignored like any unknown member; the sentences name today's form. */
export const retiredMembers: readonly Cause<Body>[] = [
  {
    is: (body) => 'ownerType' in body,
    says: 'ownerType was retired and is ignored; the owner is the managing entity of the path, and entity has its identifier and name.',
    source: 'wink (Webhook of its SDKs before 31)',
  },
  {
    is: (body) => ['type', 'subType'].some((name) => name in membersOfEntity(body)),
    says: 'type and subType of entity were retired and are ignored; entity has an identifier and a name, and answers have no ownerType.',
    source: 'wink (ManagingEntity of its SDKs before 31)',
  },
]
