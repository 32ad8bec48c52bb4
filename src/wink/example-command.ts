import { exampleEntity, exampleInput } from './examples.ts'
import type { SandboxData } from './data-schema.ts'

/**
 * A curl command that succeeds when it is pasted into a shell: it creates a webhook. If that needs a configured
 * token, which must not be printed, or if there is no managing entity, it asks for the sandbox's health instead.
 *
 * @param tlsCert - file with the certificate of the sandbox, which curl then trusts
 */
export function exampleCommand(
  url: string,
  { tokens, managingEntities }: SandboxData,
  tlsCert?: string,
): string {
  const curl = tlsCert === undefined ? 'curl -i' : `curl -i --cacert ${quoted(tlsCert)}`
  const [entity] = managingEntities ?? [exampleEntity]
  if (tokens || !entity) return `${curl} ${url}/__admin/health`
  const body = JSON.stringify({ ...exampleInput, entity })
  return [
    `${curl} ${url}/api/managing-entity/${entity.identifier}/webhook`,
    "-H 'Authorization: Bearer test'",
    "-H 'Content-Type: application/json'",
    "-H 'Wink-Version: 2.0'",
    `-d ${quoted(body)}`,
  ].join(' ')
}

const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
