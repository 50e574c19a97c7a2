import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildStale } from './build.ts'
import { root } from './paths.ts'

if (!(await buildStale())) process.exit(1)

const main = join(root, 'apps/runtime/dist/main.js')

// The runtime takes this process over: signals, terminal and exit code are its own, and nothing stays in memory beside it.
if (process.platform === 'win32' || !process.execve) await import(pathToFileURL(main).href)
else
  process.execve(process.execPath, [
    process.execPath,
    '--import',
    join(root, 'scripts/launchers.mjs'),
    main,
    ...process.argv.slice(2),
  ])
