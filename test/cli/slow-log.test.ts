import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { buildLog } from '../../src/cli/log.ts'

const mebibyte = 1024 * 1024

t.test('a log whose reader is slow waits in memory up to 1 MiB; the rest is dropped', async (t) => {
  const pipe = join(t.testdir(), 'log')
  execFileSync('mkfifo', [pipe])
  // Both ends: the program's one cannot be opened without a reader.
  const reader = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  const log = await buildLog('info', {
    fd: openSync(pipe, 'w'),
    isTTY: false,
  })
  const line = 'x'.repeat(1_000)
  for (let count = 0; count < 4_000; count += 1) log.logger.info({ line })
  let bytes = 0
  const buffer = Buffer.alloc(mebibyte)
  const read = (): void => {
    try {
      bytes += readSync(reader, buffer)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    }
  }
  const reading = setInterval(read, 1)
  await log.close()
  read()
  clearInterval(reading)
  closeSync(reader)
  t.ok(bytes > mebibyte - 2_000, `${bytes} bytes waited`)
  t.ok(bytes <= mebibyte, `${bytes} bytes waited, of 4 MB`)
})
