// What those servers do by hand that do nothing of it by themselves. The floor of node:http does it for itself:
// it is one file, which the benchmark of the image puts into a container.
import { randomUUID } from 'node:crypto'

const webhooks = new Map()

/** Stores the webhook that a body describes. */
export function stored({ entity, ...rest }) {
  const now = new Date().toISOString()
  const webhook = {
    id: randomUUID(),
    createdDate: now,
    lastUpdate: now,
    version: 1,
    ownerIdentifier: entity.identifier,
    ownerName: entity.name,
    ...rest,
  }
  webhooks.set(webhook.id, webhook)
  return webhook
}
