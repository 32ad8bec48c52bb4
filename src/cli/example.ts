import { exampleEntity, exampleInput } from '../wink/examples.ts'
import type { SandboxData } from '../wink/data-schema.ts'

/**
 * A curl command that succeeds when it is pasted into a shell: it creates a webhook. If that needs a configured
 * token, which must not be printed, or if there is no managing entity, it asks for the sandbox's health instead.
 */
export function exampleCommand(url: string, { tokens, managingEntities }: SandboxData): string {
  const [entity] = managingEntities ?? [exampleEntity]
  if (tokens || !entity) return `curl -i ${url}/__admin/health`
  const body = JSON.stringify({ ...exampleInput, entity })
  return [
    `curl -i ${url}/api/managing-entity/${entity.identifier}/webhook`,
    "-H 'Authorization: Bearer test'",
    "-H 'Content-Type: application/json'",
    "-H 'Wink-Version: 2.0'",
    `-d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join(' ')
}
