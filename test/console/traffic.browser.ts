import { once } from 'node:events'
import t from 'tap'
import { startBrowser } from '../fixtures/browser.ts'
import { openConsole } from '../fixtures/console.ts'
import { entity, webhooksOf } from '../fixtures/requests.ts'
import { dial } from '../fixtures/wire.ts'
import type { Sandbox } from '../../src/index.ts'
import type { Test } from 'tap'

const entries = 10_000

/** Sends requests on one connection, and waits for their answers. */
async function send(t: Test, sandbox: Sandbox, count: number): Promise<void> {
  const socket = await dial(t, sandbox)
  const request = `GET ${webhooksOf(entity)}/list HTTP/1.1\r\nHost: a\r\n`
  socket.write(`${request}\r\n`.repeat(count - 1))
  socket.write(`${request}Connection: close\r\n\r\n`)
  socket.resume()
  await once(socket, 'close')
}

t.test('10,000 requests, and 200 more a second, stay a short table', async (t) => {
  const browser = await startBrowser(t)
  const options = { maxJournalEntries: entries, maxJournalBytes: 64 * 1024 * 1024 }
  const { sandbox, page, show, close } = await openConsole(t, browser, options)
  await send(t, sandbox, entries)
  await show('requests')
  await page.locator('.count').getByText(String(entries)).waitFor()
  await page.evaluate(`
    window.most = 0
    window.batches = 0
    new MutationObserver(() => {
      most = Math.max(most, document.querySelectorAll('tr').length)
      batches += 1
    }).observe(document.querySelector('.list'), { childList: true, subtree: true })`)

  const seconds = 3
  for (let batch = 0; batch < 10 * seconds; batch += 1) {
    const next = new Promise((resolve) => setTimeout(resolve, 100))
    await send(t, sandbox, 20)
    await next
  }
  const last = sandbox.requests.find({ order: 'desc', limit: 1 })[0]?.id
  await page.locator(`a[href="#/requests/${String(last)}"]`).waitFor()
  t.ok(await page.evaluate<number>('most'), 'rows were counted')
  t.ok((await page.evaluate<number>('most')) < 80, 'rows in the page at any time')
  t.ok((await page.evaluate<number>('batches')) < 200 * seconds, 'fewer changes than requests')
  t.equal(await page.locator('.count').innerText(), String(entries), 'the page keeps no more')

  // Somebody reads further down: the rows stay.
  await page.evaluate('document.querySelector(".list").scrollTop = 3200')
  const row = page.locator(`a[href^="#/requests/"]`).nth(20)
  const before = await row.getAttribute('href')
  const placeOf = (href: string | null) => page.locator(`a[href="${String(href)}"]`).boundingBox()
  const { y } = (await placeOf(before)) ?? {}
  await send(t, sandbox, 40)
  while ((await page.evaluate<number>('document.querySelector(".list").scrollTop')) <= 3_200);
  t.equal((await placeOf(before))?.y, y)
  await page.evaluate('document.querySelector(".list").scrollTop = 1e9')
  await page.locator(`tr[aria-rowindex="${entries + 1}"]`).waitFor()
  await close()
})
