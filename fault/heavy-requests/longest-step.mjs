// Loaded before a runtime that is watched: prints the longest step its event loop took since it was last asked, in
// milliseconds of its own processor time. What else the machine does is not in it.
let last = process.threadCpuUsage()
let longest = 0
setInterval(() => {
  const now = process.threadCpuUsage()
  longest = Math.max(longest, (now.user + now.system - last.user - last.system) / 1000)
  last = now
}, 2).unref()
process.on('SIGUSR2', () => {
  console.log(`longest-step ${longest.toFixed(1)}`)
  longest = 0
})
