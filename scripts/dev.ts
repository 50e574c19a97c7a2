import { join } from 'node:path'
import { root } from './paths.ts'
import { runCommand } from './run-command.ts'

// Both restart or reload by themselves; Vite passes API calls on to the runtime.
const runtime = runCommand('node', ['--watch', '--watch-preserve-output', 'src/main.ts'], {
  cwd: join(root, 'apps/runtime'),
  env: { LOOMCYCLE_DATA_DIR: process.env.LOOMCYCLE_DATA_DIR ?? join(root, 'data') },
})
const loomboard = runCommand('vite', [], { cwd: join(root, 'apps/loomboard') })

process.exit(await Promise.race([runtime, loomboard]))
