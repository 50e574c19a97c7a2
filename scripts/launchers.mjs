// On Linux the shells between npx, pnpm and Node do not pass signals on: a `kill` of the command that somebody typed
// would leave the process behind, holding its port. Preloaded, this ends it when one of its launchers has gone.
// Plain JavaScript: loading the type stripper would cost the runtime 14 MB of memory for these few lines.
import { readFileSync } from 'node:fs'

if (process.platform === 'linux') {
  const launchers = launchersOf(process.pid)
  const watch = setInterval(() => {
    if (launchers.every(isAlive)) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1000).unref()
}

/** The ancestors that belong to this command; the terminal or service above them may come and go. */
function launchersOf(pid) {
  const parent = parentOf(pid)
  if (!parent || !/pnpm|scripts\/(start|dev)\.ts/.test(readFileSync(`/proc/${parent}/cmdline`, 'utf8'))) return []
  return [parent, ...launchersOf(parent)]
}

function parentOf(pid) {
  return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
