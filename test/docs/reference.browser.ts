import type { Page } from 'playwright-core'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { exampleWebhook } from '../../src/wink/examples.ts'
import { openPage, startBrowser } from '../fixtures/browser.ts'
import { create } from '../fixtures/console.ts'
import { receiver } from '../fixtures/receiver.ts'
import { entity } from '../fixtures/requests.ts'

t.test('the reference page in a browser', async (t) => {
  const deliverTo = await receiver(t, (_request, response) => response.end())
  const sandbox = await startSandbox({ deliverTo })
  t.teardown(() => sandbox.close())
  const browser = await startBrowser(t)
  const { page, close } = await openPage(t, browser, sandbox.url)

  await t.test('shows the six operations of webhooks', async (t) => {
    await page.goto(`${sandbox.url}/reference`)
    await page.waitForSelector('#operations-Webhook-create-webhook')
    const ids = await page
      .locator('[id^=operations-Webhook-]')
      .evaluateAll((nodes) => (nodes as unknown as { id: string }[]).map(({ id }) => id))
    const names = ids.map((id) => id.replace('operations-Webhook-', '')).sort()
    t.strictSame(names, [
      'create-webhook',
      'delete-webhook',
      'load-webhook',
      'show-webhook-events',
      'show-webhooks',
      'update-webhook',
    ])
  })

  await t.test(
    'each request is prefilled so that it succeeds, in the order of the page',
    async (t) => {
      t.strictSame(await refusedOn(page), [])
      t.match(sandbox.requests.find({ operation: 'create-webhook' }), [
        { status: 201, managingEntityIdentifier: entity },
      ])
      await create(sandbox, { eventList: [] }) // The API's last example deletes its webhook.
      await page.getByRole('link', { name: 'Control API' }).click()
      t.strictSame(await refusedOn(page, /-(?:Faults|Events)-|-show-request|-import-state/), [])
    },
  )

  await t.test('with the state of the example, the example of an id is right', async (t) => {
    t.equal(sandbox.state.export().webhooks?.[0]?.id, exampleWebhook.id)
    await page.goto(`${sandbox.url}/reference`)
    t.equal(await tried(page, 'operations-Webhook-load-webhook'), '200')
  })

  await close()
})

/**
 * Tries operations of a page; gives those that are not answered with success. The collections of `generators/` try all:
 * here it is the ids that the page fills in.
 */
async function refusedOn(page: Page, chosen = /./): Promise<string[]> {
  await page.waitForSelector('.opblock')
  const ids = await page
    .locator('.opblock')
    .evaluateAll((nodes) => (nodes as unknown as { id: string }[]).map(({ id }) => id))
  const refused: string[] = []
  for (const id of ids.filter((found) => chosen.test(found))) {
    const status = await tried(page, id)
    if (!status.startsWith('2')) refused.push(`${id}: ${status}`)
  }
  return refused
}

/** Tries an operation unchanged; gives the status of the answer. */
async function tried(page: Page, id: string): Promise<string> {
  const operation = page.locator(`#${id}`)
  const summary = operation.locator('.opblock-summary-control')
  await summary.click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const answer = operation.locator('.live-responses-table .response .response-col_status')
  await answer.waitFor()
  const status = (await answer.innerText()).trim().slice(0, 3)
  await summary.click()
  return status
}
