// The store of the measured servers that have none. The node:http baseline has its own copy: the benchmark of the image
// copies that one file into a container.
import { randomUUID } from 'node:crypto'

const webhooks = new Map()

/** Creates and stores a webhook. */
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
