// Preloaded into a server that is measured: answers questions about its process.
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'

const delays = monitorEventLoopDelay({ resolution: 1 })
delays.enable()

const answers = {
  /** What is held in the heap and in buffers, in bytes. */
  async heap() {
    // What buffers held is given back only some time after the collection that found them.
    for (let round = 0; round < 5; round += 1) {
      globalThis.gc()
      await sleep(100)
    }
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  },
  /** The longest that the loop was blocked since this was last asked, in ms. */
  async blocked() {
    await sleep(20) // the delay that is going on is noted when it ends
    const { max } = delays
    delays.reset()
    return max / 1e6
  },
}

process.on('message', async (question) => process.send(await answers[question]()))
process.channel.unref()
