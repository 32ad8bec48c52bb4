import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import t from 'tap'
import type { Har } from '../../src/index.ts'
import type { BrokenRule } from '../../src/control/journal/types.ts'
import { startBrowser } from '../fixtures/browser.ts'
import { create, openConsole } from '../fixtures/console.ts'
import { harViolations } from '../fixtures/har-validator.ts'
import { entity, otherEntity, webhooksOf } from '../fixtures/requests.ts'

/** Imports an archive into the panel Network of Chromium's developer tools; gives names and statuses of the rows. */
async function rowsInDeveloperTools(browser: Browser, path: string): Promise<string[]> {
  const page = await browser.newPage()
  await page.goto('devtools://devtools/bundled/devtools_app.html?panel=network')
  await page.getByRole('tab', { name: 'Network' }).click()
  await page.locator('input[type=file]').setInputFiles(path)
  const rows = page.getByRole('row', { name: /\d{3}/ })
  await rows.first().waitFor()
  const texts = await rows.allInnerTexts()
  await page.close()
  return texts.map((text) => text.split(/\s+/, 2).join(' '))
}

t.test('requests in the console', async (t) => {
  const browser = await startBrowser(t)

  await t.test('an empty journal says what to try, ready to copy', async (t) => {
    const permissions = ['clipboard-read', 'clipboard-write']
    const { sandbox, page, show, close } = await openConsole(t, browser, {}, { permissions })
    await show('requests')
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    await page.getByRole('button', { name: 'Copy' }).click()
    await page.getByText('Copied.').waitFor()
    const command = await page.evaluate('navigator.clipboard.readText()')
    t.match(command, `curl -i ${sandbox.url}${webhooksOf(entity)} -H 'Authorization: Bearer test'`)
    await close()
  })

  await t.test('a request appears within a second, and its diagnosis opens', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await show('requests')
    const rows = page.locator('tbody tr')
    let seenMs = Infinity
    for (let sent = 1; sent <= 3; sent += 1) {
      await create(sandbox, { enabled: 'yes', eventList: ['booking.created'] })
      const sentMs = performance.now()
      await rows.nth(sent - 1).waitFor()
      seenMs = Math.min(seenMs, performance.now() - sentMs)
    }
    t.ok(seenMs < 1_000, `the fastest of three after ${seenMs} ms`)

    await rows.first().getByText('body-schema').click()
    const details = page.getByRole('region', { name: 'Request', exact: true })
    const diagnosis = details.locator('.diagnosis')
    await diagnosis.waitFor()
    const said = await diagnosis.innerText()
    const [request] = sandbox.requests.find({ order: 'desc' })
    const { requirement, detail, documentedIn } = Object(request?.diagnosis.refusedBy) as BrokenRule
    for (const sentence of [
      requirement,
      detail,
      documentedIn,
      ...(request?.diagnosis.hints ?? []),
    ]) {
      t.match(said, sentence)
    }
    t.match(
      await details.getByRole('region', { name: 'Request body' }).innerText(),
      '  "enabled": "yes"',
    )
    t.match(await details.getByRole('region', { name: 'Answer body' }).innerText(), '"status": 400')
    t.match(await details.innerText(), /authorization\s+Bearer \[masked\]/)
    await close()
  })

  await t.test('filters select, and survive a reload and going back', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await create(sandbox)
    await create(sandbox, { name: '' })
    await fetch(`${sandbox.url}${webhooksOf(otherEntity)}/list`)
    await show('requests')
    const rows = page.locator('tbody tr')
    const count = page.locator('.count')
    t.equal(await rows.count(), 3)
    t.match(await rows.first().innerText(), 'show-webhooks', 'newest first')

    await page.getByLabel('Status').selectOption('4xx')
    await count.getByText('2 of 3').waitFor()
    await page.getByLabel('Operation').selectOption('create-webhook')
    await count.getByText('1 of 3').waitFor()
    t.match(new URL(page.url()).hash, 'status=4xx&operation=create-webhook')
    await page.reload()
    await count.getByText('1 of 3').waitFor()
    t.equal(await page.getByLabel('Status').inputValue(), '4xx')

    await rows.first().click()
    await page.getByRole('heading', { name: 'Diagnosis' }).waitFor()
    await page.goBack()
    await page.locator('.details').waitFor({ state: 'detached' })
    await count.getByText('1 of 3').waitFor()

    await page.getByLabel('Status').selectOption('')
    await page.getByLabel('Operation').selectOption('')
    await page.getByLabel('Managing entity').fill(otherEntity.slice(0, 6))
    await count.getByText('1 of 3').waitFor()
    await page.getByLabel('Managing entity').fill('')
    await page.getByLabel(/^Text/).fill('BOOKING CONFIRMATION')
    await count.getByText('1 of 3').waitFor()
    await page.getByLabel(/^Text/).fill('nothing like it')
    await page.getByRole('heading', { name: 'No request matches' }).waitFor()
    await close()
  })

  await t.test('a paused list stands still, and clearing empties the journal', async (t) => {
    const { sandbox, page, show, close } = await openConsole(t, browser)
    await create(sandbox)
    await show('requests')
    const rows = page.locator('tbody tr')
    await page.getByRole('button', { name: 'Pause' }).click()
    await create(sandbox)
    await page.getByRole('button', { name: 'Paused, 1 newer' }).waitFor()
    t.equal(await rows.count(), 1)
    await page.getByRole('button', { name: 'Paused' }).click()
    await rows.nth(1).waitFor()
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    t.strictSame(sandbox.requests.find(), [])
    await close()
  })

  await t.test('the requests that the list shows are saved, and one is copied', async (t) => {
    const permissions = ['clipboard-read', 'clipboard-write']
    const { sandbox, page, show, close } = await openConsole(t, browser, {}, { permissions })
    await create(sandbox)
    await create(sandbox, { name: '' })
    await show('requests')
    const count = page.locator('.count')
    await page.getByLabel('Status').selectOption('4xx')
    await count.getByText('1 of 2').waitFor()
    const [refused] = sandbox.requests.find({ status: 400 })
    const ids = [String(refused?.id)]
    const saved = async (button: string) => {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: button }).click()
      const file = await download
      const path = await file.path()
      return { name: file.suggestedFilename(), path, text: await readFile(path, 'utf8') }
    }
    const archive = await saved('Save HAR')
    t.equal(archive.name, 'requests.har')
    const har = JSON.parse(archive.text) as Har
    t.strictSame(harViolations(har), [])
    t.strictSame(har, sandbox.requests.har({ ids }))
    const transcript = await saved('Save .http')
    t.equal(transcript.name, 'requests.http')
    t.equal(transcript.text, sandbox.requests.http({ ids }))
    t.equal(
      await page.getByRole('button', { name: 'Save HAR' }).getAttribute('title'),
      'Saves the request in the list as an HTTP archive',
    )

    await page.getByLabel('Status').selectOption('')
    await page.getByRole('button', { name: 'Pause' }).click()
    const paused = sandbox.requests.har()
    await create(sandbox)
    await page.getByRole('button', { name: 'Paused, 1 newer' }).waitFor()
    const { path, text } = await saved('Save HAR')
    t.strictSame(JSON.parse(text), paused, 'the list as it was paused')
    t.strictSame(await rowsInDeveloperTools(browser, path), ['webhook 201', 'webhook 400'])

    await page.getByLabel(/^Text/).fill('nothing like it')
    await page.getByRole('heading', { name: 'No request matches' }).waitFor()
    t.ok(await page.getByRole('button', { name: 'Save HAR' }).isDisabled(), 'nothing to save')
    await page.getByLabel(/^Text/).fill('')
    await page.locator('tbody tr').first().click()
    await page.getByRole('button', { name: 'Copy as curl' }).click()
    await page.getByText('Copied.').waitFor()
    const command = await page.evaluate('navigator.clipboard.readText()')
    t.equal(command, sandbox.requests.curl(String(refused?.id)))
    await close()
  })

  await t.test('a request that the journal no longer has is said to be gone', async (t) => {
    const { page, show, close } = await openConsole(t, browser)
    await show('requests/9c108a9a-aaf8-4808-9ffa-4ab020cf1364')
    await page
      .getByRole('alert')
      .getByText(/no request|no such request|nothing/i)
      .waitFor()
    await close()
  })
})
