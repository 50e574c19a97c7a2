// Loaded before a runtime that is measured: prints how late its event loop was since it was last asked, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'

// A timer that fires on time counts as late by its own resolution.
const resolution = 1
const delay = monitorEventLoopDelay({ resolution })
delay.enable()
process.on('SIGUSR2', () => {
  const ms = (ns) => Math.max(0, ns / 1e6 - resolution)
  console.log(
    `loop-delay ${JSON.stringify({ p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) })}`,
  )
  delay.reset()
})
