import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import t from 'tap'
import type { SandboxOptions } from '../../src/index.ts'
import { startBrowser } from '../fixtures/browser.ts'
import { create, openConsole } from '../fixtures/console.ts'
import { entity, validBody } from '../fixtures/requests.ts'
import { receiver } from '../fixtures/receiver.ts'

t.test('the other views of the console', async (t) => {
  const browser = await startBrowser(t)

  await t.test('a fault that is armed on the page acts, and its counters follow', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await show('faults')
    await page.getByRole('heading', { name: 'No fault is armed' }).waitFor()
    await page.getByRole('button', { name: 'Fail twice, then recover' }).click()
    await page.getByRole('button', { name: 'Arm', exact: true }).click()
    const row = page.getByRole('row', { name: /answers 503, Retry-After 1 s/ })
    await row.waitFor()
    t.match(sandbox.faults.list(), [{ times: 2, effect: { status: 503, retryAfterSeconds: 1 } }])
    const answers = [await create(sandbox), await create(sandbox), await create(sandbox)]
    t.strictSame(
      answers.map(({ status }) => status),
      [503, 503, 201],
    )
    await row.filter({ hasText: /before220/ }).waitFor()
    await show('requests')
    await page.locator('tbody tr', { hasText: 'fault' }).first().click()
    await page.getByRole('link', { name: 'armed rule' }).click()
    await row.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('heading', { name: 'No fault is armed' }).waitFor()
    t.strictSame(sandbox.faults.list(), [])
    await close()
  })

  await t.test('a fault that the sandbox refuses says why, and nothing is armed', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await show('faults')
    await page.getByLabel('Status').selectOption('503')
    await page.getByLabel('Connection').selectOption('connection-reset')
    await page.getByRole('button', { name: 'Arm', exact: true }).click()
    await page.getByRole('alert').getByText('#/effect').first().waitFor()
    t.strictSame(sandbox.faults.list(), [])
    await close()
  })

  await t.test('an event that is sent from the page arrives, and can be sent again', async (t) => {
    const received: unknown[] = []
    const deliverTo = await receiver(t, (request: IncomingMessage, response) => {
      void json(request).then((event) => {
        received.push(event)
        response.statusCode = received.length === 1 ? 503 : 200
        response.end('thanks')
      })
    })
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await create(sandbox)
    await show('webhooks')
    t.match(await page.locator('.group').innerText(), entity)
    await page.getByRole('link', { name: 'Booking confirmation sync' }).click()
    t.equal(await page.getByLabel('Type').inputValue(), validBody.eventList[0])
    await page.getByLabel('Deliver to').fill(deliverTo)
    await page.getByLabel('object').fill('{"booking":')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByRole('alert').getByText('The object is no JSON').waitFor()
    await page.getByLabel('object').fill('{"booking": 7}')
    await page.getByRole('button', { name: 'Send' }).click()

    const details = page.getByRole('region', { name: 'Delivery', exact: true })
    await details.getByText('delivered').waitFor()
    t.match(received, [{ type: validBody.eventList[0], object: { booking: 7 } }, {}])
    t.equal(await details.locator('.time-line li').count(), 2, 'an attempt each')
    t.match(await details.locator('.verdict').innerText(), /It answered 503/)
    await details.locator('summary').first().click()
    await details.getByRole('region', { name: 'Answer 1 body' }).getByText('thanks').waitFor()

    await details.getByRole('button', { name: 'Redeliver' }).click()
    await details.locator('.time-line li').nth(2).waitFor()
    t.strictSame(received[2], received[0], 'the same bytes')
    const row = page.locator('tbody tr', { hasText: 'booking.created' })
    await row.getByText('503 200 200').waitFor()
    await close()
  })

  await t.test('a reset asks first, and resets the chosen parts', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await create(sandbox)
    await show('sandbox')
    const dialog = page.getByRole('dialog', { name: 'Reset the sandbox?' })
    await page.getByRole('button', { name: 'Reset…' }).click()
    await dialog.getByRole('button', { name: 'Cancel' }).click()
    await dialog.waitFor({ state: 'detached' })
    t.equal(sandbox.webhooks.list().length, 1, 'cancelled')

    await page.getByRole('button', { name: 'Reset…' }).click()
    await dialog.getByLabel('webhooks').uncheck()
    await dialog.getByRole('button', { name: 'Reset' }).click()
    await page.getByText('The sandbox is reset.').waitFor()
    t.equal(sandbox.requests.find().length, 0)
    t.equal(sandbox.webhooks.list().length, 1, 'was not chosen')

    await page.getByRole('button', { name: 'Reset…' }).click()
    await dialog.getByLabel('webhooks').check()
    await dialog.getByRole('button', { name: 'Reset' }).click()
    await dialog.waitFor({ state: 'detached' })
    t.equal(sandbox.webhooks.list().length, 0)
    await page.getByRole('link', { name: 'requests' }).click()
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    await close()
  })

  await t.test('the clock is frozen, advanced and set back', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await show('sandbox')
    const clock = page.getByRole('region', { name: 'Clock' })
    await clock.getByLabel('Freeze at').fill('2026-01-14T09:30:00Z')
    await clock.getByRole('button', { name: 'Freeze' }).click()
    await clock.getByText('2026-01-14T09:30:00.000Z').waitFor()
    await clock.getByRole('button', { name: '+1 h' }).click()
    await clock.getByText('2026-01-14T10:30:00.000Z').waitFor()
    t.match(sandbox.clock.read(), { mode: 'frozen', now: '2026-01-14T10:30:00.000Z' })
    await clock.getByLabel('Freeze at').fill('tomorrow')
    await clock.getByRole('button', { name: 'Freeze' }).click()
    await clock.getByRole('alert').getByText('#/instant', { exact: true }).waitFor()
    await clock.getByRole('button', { name: /^Back/ }).click()
    await clock.getByRole('definition').getByText('the machine’s time').waitFor()
    t.equal(sandbox.clock.read().mode, 'system')
    await close()
  })

  await t.test('tenants are made, and settings and switches are shown as they are', async (t) => {
    const options: SandboxOptions = { switches: { timestamps: 'local' }, maxWebhooks: 500 }
    const { sandbox, page, show, close } = await openConsole(t, browser, options)
    await show('sandbox')
    await page.getByLabel('Name').fill('Of my test')
    await page.getByRole('button', { name: 'Make a tenant' }).click()
    const tenants = page.getByRole('region', { name: 'Tenants' })
    await tenants.getByText('Of my test').waitFor()
    t.match(await tenants.innerText(), /token\s+tenant-/)
    t.match(await tenants.innerText(), `${sandbox.url}/oauth2/token`)
    const row = page.getByRole('row', { name: '--timestamps' })
    t.match(await row.innerText(), /local default: utc; one of utc, local/)
    const settings = page.getByRole('region', { name: 'Settings' })
    const limit = settings.getByRole('row', { name: '--max-webhooks 500' })
    t.match(await limit.innerText(), /500 set by maxWebhooks\s+How many webhooks/)
    const token = settings.getByRole('row', { name: '--admin-token' })
    t.match(await token.innerText(), /none\s+Bearer token/)
    t.equal(await settings.getByRole('row', { name: '--timestamps' }).count(), 0, 'a switch')
    await page.getByRole('link', { name: 'read and try the API' }).click()
    await page.waitForURL(`${sandbox.url}/reference`)
    await close()
  })
})
