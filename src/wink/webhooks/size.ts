import { getHeapStatistics } from 'node:v8'
import type { Webhook } from './schema.ts'

const mebibyte = 1024 * 1024

/** Bytes that webhooks may take together by default: 64 MiB, or a quarter of V8's heap where that is less. */
export const defaultMaxWebhookBytes = Math.min(
  64 * mebibyte,
  Math.floor(getHeapStatistics().heap_size_limit / 4),
)

/** Bytes that a text takes beside its characters. */
const textOverhead = 24

/** Bytes that a webhook takes in memory, roughly: those of its texts. */
export function sizeOfWebhook(webhook: Webhook): number {
  const { id, createdDate, lastUpdate, userIdentifier, ownerIdentifier } = webhook
  const { ownerName, name, eventUrl, eventList } = webhook
  let size = sizeOfText(id) + sizeOfText(createdDate) + sizeOfText(lastUpdate)
  size += sizeOfText(userIdentifier) + sizeOfText(ownerIdentifier) + sizeOfText(ownerName)
  size += sizeOfText(name) + sizeOfText(eventUrl)
  for (const event of eventList) size += sizeOfText(event)
  return size
}

/** V8 takes two bytes for each character of a text that has one beyond Latin-1. */
function sizeOfText(text: string): number {
  const isAscii = Buffer.byteLength(text) === text.length
  return textOverhead + (isAscii ? text.length : 2 * text.length)
}
