// Preloaded into a measured server: answers questions about its process.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()

const answers = {
  /** Bytes of heap and buffers after a collection. */
  async heap() {
    // The memory of buffers is released some time after their collection.
    for (let round = 0; round < 5; round += 1) {
      globalThis.gc()
      await sleep(100)
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  },
  /** The longest block of the loop since the last question, in ms. */
  async blocked() {
    await sleep(20) // the current delay is recorded when it ends
    const { max } = delays
    delays.reset()
    return max / 1e6
  },
}

process.on('message', async (question) => process.send(await answers[question]()))
process.channel.unref()
