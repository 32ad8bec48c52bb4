import { chromium, type Page } from 'playwright-core'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { entity } from '../fixtures/requests.ts'

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'

t.test('the reference page in a browser', async (t) => {
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.close())
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update'],
  })
  t.teardown(() => browser.close())
  const page = await browser.newPage()
  const failures: string[] = []
  const hosts = new Set<string>()
  page.on('pageerror', (error) => failures.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') failures.push(message.text())
  })
  page.on('request', (request) => hosts.add(new URL(request.url()).origin))

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

  await t.test('"try it" creates a webhook, and shows it', async (t) => {
    t.equal(await tried(page, 'Webhook', 'create-webhook'), '201')
    const [stored, ...others] = sandbox.webhooks.list()
    t.match(stored, { ownerIdentifier: entity, name: 'Booking confirmation sync' })
    t.equal(others.length, 0)
    t.equal(await tried(page, 'Webhook', 'show-webhooks'), '200')
  })

  await t.test('the control API is there too', async (t) => {
    await page.getByRole('link', { name: 'Control API' }).click()
    t.equal(await tried(page, 'State', 'list-all-webhooks'), '200')
  })

  t.strictSame(failures, [], 'nothing failed in the page')
  hosts.delete('null')
  t.strictSame([...hosts], [sandbox.url], 'no other host was asked')
})

/** Tries an operation unchanged; gives the status of the answer. */
async function tried(page: Page, tag: string, id: string): Promise<string> {
  const operation = page.locator(`#operations-${tag}-${id}`)
  await operation.locator('.opblock-summary-control').click()
  await operation.getByRole('button', { name: 'Try it out' }).click()
  await operation.getByRole('button', { name: 'Execute' }).click()
  const status = operation.locator('.live-responses-table .response .response-col_status')
  await status.waitFor()
  return (await status.innerText()).trim()
}
