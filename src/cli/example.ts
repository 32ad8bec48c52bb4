import { exampleEntity, exampleInput } from '../wink/examples.ts'
import type { SandboxData } from '../wink/data-schema.ts'

/**
 * A curl command that gets an answer from the sandbox at `url` when it is pasted into a shell: it creates
 * a webhook, or asks for the sandbox's health where that would take a configured token, which is not
 * printed, or a managing entity, of which there is none.
 */
export function exampleCommand(url: string, { tokens, managingEntities }: SandboxData): string {
  const [entity] = managingEntities ?? [exampleEntity]
  if (tokens || !entity) return `curl -i ${url}/__admin/health`
  const body = JSON.stringify({ ...exampleInput, entity })
  return [
    `curl -i ${url}/api/managing-entity/${entity.identifier}/webhook`,
    "-H 'Authorization: Bearer test'",
    "-H 'Content-Type: application/json'",
    `-d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join(' ')
}
