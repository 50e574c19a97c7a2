import { join } from 'node:path'
import { root } from './paths.ts'
import { runCommand } from './run-command.ts'

// Both reload by themselves; Vite passes the API's calls on to the runtime. When one ends, so does the other.
const ending = new AbortController()
const runtime = runCommand('node', ['--watch', '--watch-preserve-output', 'apps/runtime/src/main.ts'], {
  signal: ending.signal,
})
const loomboard = runCommand('vite', [], { cwd: join(root, 'apps/loomboard'), signal: ending.signal })

process.exitCode = await Promise.race([runtime, loomboard])
ending.abort()
