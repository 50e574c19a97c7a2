import { join } from 'node:path'
import { root } from './paths.ts'
import { runCommand } from './run-command.ts'

const ending = new AbortController()
const { signal } = ending
for (const name of ['SIGINT', 'SIGTERM']) process.once(name, () => ending.abort())

// Node itself and not pnpm's shell scripts around it, which would keep signals to themselves.
const node = process.execPath
const runtime = runCommand(node, ['--watch', '--watch-preserve-output', 'apps/runtime/src/main.ts'], { signal })
const loomboard = runCommand(node, ['node_modules/vite/bin/vite.js'], { cwd: join(root, 'apps/loomboard'), signal })

// Both reload by themselves; Vite passes the API's calls on to the runtime. When one ends, so does the other.
process.exitCode = await Promise.race([runtime, loomboard])
ending.abort()
