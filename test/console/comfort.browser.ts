import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Sandbox } from '../../src/index.ts'
import { startBrowser } from '../fixtures/browser.ts'
import { create, openConsole } from '../fixtures/console.ts'
import { entity } from '../fixtures/requests.ts'
import { receiver } from '../fixtures/receiver.ts'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** Finding of axe-core that keeps people out. */
interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** The serious findings of axe-core on a page, such as `color-contrast: <a …>`. */
async function findingsOn(page: Page): Promise<string[]> {
  await page.evaluate(axe) // As a script of the page it would need a weaker policy.
  const { violations } = await page.evaluate<{ violations: Finding[] }>('axe.run()')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

/** The headings of a list whose text does not stand over that of their column. */
const misaligned = `[...document.querySelectorAll('.list thead th')]
  .filter((heading) => {
    const cell = document.querySelector('.list tbody td.' + heading.className)
    const [one, other] = [heading, cell].map((element) => getComputedStyle(element))
    return one.textAlign !== other.textAlign || one.paddingLeft !== other.paddingLeft
  })
  .map(({ innerText }) => innerText)`

/** Fills a sandbox; gives the places of the console that show something then. */
async function filled(sandbox: Sandbox, deliverTo: string): Promise<string[]> {
  await create(sandbox)
  await create(sandbox, { name: '', enabled: 'yes', eventList: ['booking.created'] })
  sandbox.faults.arm({ effect: { status: 503, retryAfterSeconds: 1 } })
  await create(sandbox)
  const { deliveries } = await sandbox.events.trigger({
    type: 'booking.create',
    managingEntityIdentifier: entity,
    deliverTo,
    retryDelaysMs: [1],
    waitMs: 5_000,
  })
  const [webhook] = sandbox.webhooks.list()
  const requests = sandbox.requests.find().slice(1)
  return [
    'requests',
    ...requests.map(({ id }) => `requests/${id}`),
    'webhooks',
    `webhooks/${String(webhook?.id)}`,
    'deliveries',
    `deliveries/${String(deliveries[0]?.id)}`,
    'faults',
    'sandbox',
  ]
}

t.test('the console is there for everybody', async (t) => {
  const browser = await startBrowser(t)
  let calls = 0
  const deliverTo = await receiver(t, (_request, response) => {
    calls += 1
    response.writeHead(calls % 2 === 1 ? 503 : 200).end('{}')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    await t.test(`axe-core finds nothing serious, ${colorScheme}`, async (t) => {
      const { sandbox, page, show, close } = await openConsole(t, browser, {}, { colorScheme })
      for (const view of ['requests', 'webhooks', 'deliveries', 'faults']) {
        await show(view)
        await page.locator('.empty').waitFor()
        t.strictSame(await findingsOn(page), [], `${view}, empty`)
      }
      for (const place of await filled(sandbox, deliverTo)) {
        await show(place)
        await page.locator('.list tbody tr, .plain tbody tr').first().waitFor()
        if (place.includes('/')) await page.locator('.details h3').first().waitFor()
        t.strictSame(await findingsOn(page), [], place)
        t.strictSame(await page.evaluate(misaligned), [], `headings of ${place}`)
      }
      await page.getByRole('button', { name: 'Reset…' }).click()
      t.strictSame(await findingsOn(page), [], 'dialog')
      await close()
    })
  }

  await t.test('at 360 px nothing sticks out', async (t) => {
    const viewport = { width: 360, height: 640 }
    const { sandbox, page, show, close } = await openConsole(t, browser, {}, { viewport })
    const overhang = 'document.documentElement.scrollWidth - innerWidth'
    await show('requests')
    t.equal(await page.evaluate(overhang), 0, 'empty')
    for (const place of await filled(sandbox, deliverTo)) {
      await show(place)
      const shown = place.includes('/') ? '.details h3' : 'tbody tr'
      await page.locator(shown).first().waitFor()
      t.equal(await page.evaluate(overhang), 0, place)
      t.strictSame(await page.evaluate(misaligned), [], `headings of ${place}`)
    }
    await show('requests')
    await page.locator('tbody tr').first().click()
    await page.locator('.details h3').first().waitFor()
    t.notOk(await page.locator('.list').isVisible(), 'the details take the place of the list')
    await page.getByRole('link', { name: 'Close request' }).click()
    await page.locator('.list').waitFor()
    await close()
  })

  await t.test('the keyboard alone will do', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await create(sandbox)
    await create(sandbox, { name: '' })
    await show('requests')
    const press = (key: string): Promise<void> => page.keyboard.press(key)
    const focused = (): Promise<string> =>
      page.evaluate('(document.activeElement.closest("tr") ?? document.activeElement).innerText')
    const tabTo = async (text: string | RegExp): Promise<void> => {
      for (let tabs = 0; tabs < 40; tabs += 1) {
        await press('Tab')
        if (new RegExp(text).test(await focused())) return
      }
      t.fail(`Tab does not lead to ${String(text)}`)
    }
    await tabTo(/webhook.*400|400[^]*webhook/)
    await press('ArrowDown')
    t.match(await focused(), '201')
    await press('End')
    await press('ArrowUp')
    t.match(await focused(), '400')
    await press('Enter')
    await page.getByRole('heading', { name: 'Diagnosis' }).waitFor()
    await press('ArrowDown')
    await page.locator('.details').getByText('createdDate').waitFor()
    t.match(await focused(), '201', 'the details follow the list')
    await press('Escape')
    await page.locator('.details').waitFor({ state: 'detached' })
    t.match(await focused(), '201')

    await page.locator('nav a').first().focus()
    await tabTo(/faults/i)
    await press('Enter')
    await tabTo('Fail twice')
    await press('Space')
    await tabTo(/^Arm$/)
    await press('Enter')
    await page.getByRole('row', { name: /answers 503/ }).waitFor()
    t.equal(sandbox.faults.list().length, 1)
    await tabTo(/answers 503/)
    await press('Enter')
    await page.getByRole('heading', { name: 'No fault is armed' }).waitFor()
    await close()
  })
})
