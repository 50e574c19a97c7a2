// Loaded into the measured process: nothing outside of it can see how long its event loop is held up.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'

const resolution = 1
const histogram = monitorEventLoopDelay({ resolution })
// Starting up is not what is measured.
setTimeout(() => histogram.enable(), 1000).unref()
setInterval(() => {
  // A timer that fires on time counts as late by its own resolution.
  const p99 = Math.max(0, histogram.percentile(99) / 1e6 - resolution)
  writeFileSync(
    join(process.env.LOOMCYCLE_DATA_DIR, 'loop-delay.json'),
    JSON.stringify({ p99, max: histogram.max / 1e6 }),
  )
}, 250).unref()
