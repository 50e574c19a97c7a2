// Loaded before a runtime that is measured: prints how late its event loop was since it was last asked, in milliseconds.
import { monitorEventLoopDelay } from 'node:perf_hooks'

const delay = monitorEventLoopDelay({ resolution: 5 })
delay.enable()
process.on('SIGUSR2', () => {
  const ms = (ns) => ns / 1e6
  console.log(
    `loop-delay ${JSON.stringify({ p50: ms(delay.percentile(50)), p99: ms(delay.percentile(99)), max: ms(delay.max) })}`,
  )
  delay.reset()
})
