import { createServer, request as httpRequest } from 'node:http'
import t from 'tap'
import { startSandbox } from '../../src/index.ts'
import { openPage, startBrowser } from '../fixtures/browser.ts'
import { create, openConsole } from '../fixtures/console.ts'
import { listenOn } from '../fixtures/receiver.ts'
import { listening } from '../fixtures/wire.ts'

t.test('the console and its sandbox', async (t) => {
  const browser = await startBrowser(t)

  await t.test('asks for the admin token, and keeps it in memory alone', async (t) => {
    const { sandbox, page, close } = await openConsole(t, browser, { adminToken: 's3cr3t' })
    await page.goto(`${sandbox.url}/__admin/`)
    const input = page.getByRole('textbox', { name: 'Admin token' })
    await input.fill('wrong')
    await page.getByRole('button', { name: 'Open the console' }).click()
    await page.getByRole('alert').getByText('It is not the admin token.').waitFor()
    await input.fill('s3cr3t')
    await page.keyboard.press('Enter')
    await page.locator('.live.on').waitFor()
    await create(sandbox)
    await page.locator('tbody tr').getByText('201').waitFor()
    t.notMatch(page.url(), 's3cr3t')
    const kept = await page.evaluate(
      '[document.cookie, ...Object.entries(localStorage), ...Object.entries(sessionStorage)].join()',
    )
    t.equal(kept, '')
    await page.reload()
    await input.waitFor()
    await close()
  })

  await t.test('connects again to a sandbox that was restarted', async (t) => {
    const first = await startSandbox()
    const { page, close } = await openPage(t, browser, first.url)
    await create(first)
    await page.goto(`${first.url}/__admin/`)
    await page.locator('tbody tr').getByText('201').waitFor()
    await first.close()
    await page.locator('.live.off').waitFor()
    const second = await listening(t, { port: Number(new URL(first.url).port) })
    await page.locator('.live.on').waitFor()
    await page.getByRole('heading', { name: 'No requests yet' }).waitFor()
    await create(second)
    await page.locator('tbody tr').getByText('201').waitFor()
    await close()
  })

  await t.test('works behind a proxy that adds a path', async (t) => {
    let target = ''
    const proxy = createServer((request, response) => {
      const path = String(request.url).replace(/^\/wink/, '')
      const { method, headers } = request
      request.pipe(
        httpRequest(`${target}${path}`, { method, headers }, (answer) => {
          response.writeHead(Number(answer.statusCode), answer.headers)
          answer.pipe(response)
        }).on('error', () => response.destroy()),
      )
    })
    const origin = `http://127.0.0.1:${await listenOn(t, proxy)}`
    const sandbox = await listening(t, { publicUrl: `${origin}/wink` })
    target = sandbox.url
    const { page, close } = await openPage(t, browser, origin)
    await page.goto(`${origin}/wink/`)
    await page.locator('.live.on').waitFor()
    t.equal(page.url(), `${origin}/wink/__admin/`)
    await create({ url: `${origin}/wink` })
    await page.locator('tbody tr').getByText('201').click()
    await page.getByRole('heading', { name: 'Answer' }).waitFor()
    await close()
  })
})
