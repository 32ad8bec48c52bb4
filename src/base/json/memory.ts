/** Approximate bytes of heap beside the text itself, by the byte that begins an object or array, or precedes a value. */
const costs: Readonly<Record<string, number>> = { '{': 100, '[': 32, ':': 40, ',': 12 }

const costByByte = new Uint8Array(256)
for (const [character, cost] of Object.entries(costs)) costByByte[character.charCodeAt(0)] = cost

const quote = 0x22
const backslash = 0x5c

/**
 * Approximate memory of a JSON text once it is parsed, in bytes. Many small values take some forty times the length of
 * their text.
 */
export function parsedSizeOf(json: Uint8Array): number {
  let size = json.length
  let isInString = false
  for (let index = 0; index < json.length; index += 1) {
    const byte = Number(json[index])
    if (byte === quote) isInString = !isInString
    else if (!isInString) size += Number(costByByte[byte])
    else if (byte === backslash) index += 1
  }
  return size
}
