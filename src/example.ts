import type { SandboxData } from './schemas/data.ts'

const someEntity = {
  identifier: 'd5b8a3c2-9e6f-4a1b-8d34-7c2e1f0a5b69',
  name: 'The Siam Residences, Bangkok',
}

/**
 * A curl command that gets an answer from the sandbox at `url` when it is pasted into a shell: it creates
 * a webhook, or asks for the sandbox's health where that would take a configured token, which is not
 * printed, or a managing entity, of which there is none.
 */
export function exampleCommand(url: string, { tokens, managingEntities }: SandboxData): string {
  const [entity] = managingEntities ?? [someEntity]
  if (tokens || !entity) return `curl -i ${url}/__admin/health`
  const body = JSON.stringify({
    name: 'Booking confirmation sync',
    entity,
    enabled: true,
    eventUrl: 'https://api.example.com/webhooks/wink/events',
    eventList: ['booking.create'],
  })
  return [
    `curl -i ${url}/api/managing-entity/${entity.identifier}/webhook`,
    "-H 'Authorization: Bearer test'",
    "-H 'Content-Type: application/json'",
    `-d '${body.replaceAll("'", String.raw`'\''`)}'`,
  ].join(' ')
}
