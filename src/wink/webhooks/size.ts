import { getHeapStatistics } from 'node:v8'
import type { Webhook } from './schema.ts'

const mebibyte = 1024 * 1024

/**
 * Default memory limit of all webhooks, in bytes: 64 MiB, or a twelfth of V8's heap limit if that is less. That limit
 * includes the young generation: with `--max-old-space-size=64` it is 112 MiB on Node.js 20, and 256 MiB on Node.js 24.
 */
export const defaultMaxWebhookBytes = Math.min(
  64 * mebibyte,
  Math.floor(getHeapStatistics().heap_size_limit / 12),
)

/** Overhead of a string, in bytes. */
const stringOverheadBytes = 24

/** Approximate memory of a webhook, in bytes: the sum of its strings. */
export function sizeOfWebhook(webhook: Webhook): number {
  const { id, createdDate, lastUpdate, userIdentifier, ownerIdentifier } = webhook
  const { ownerName, name, eventUrl, eventList } = webhook
  let size = sizeOfString(id) + sizeOfString(createdDate) + sizeOfString(lastUpdate)
  size += sizeOfString(userIdentifier) + sizeOfString(ownerIdentifier) + sizeOfString(ownerName)
  size += sizeOfString(name) + sizeOfString(eventUrl)
  for (const event of eventList) size += sizeOfString(event)
  return size
}

/** V8 stores two bytes per character if any character is outside Latin-1. */
function sizeOfString(text: string): number {
  const isAscii = Buffer.byteLength(text) === text.length
  return stringOverheadBytes + (isAscii ? text.length : 2 * text.length)
}
