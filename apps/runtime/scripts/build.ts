import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { rolldown } from 'rolldown'

const packageDir = join(import.meta.dirname, '..')
const dist = join(packageDir, 'dist')

// Dependencies are bundled too: one file to read at start instead of several hundred. Workers are processes of their own.
const bundle = await rolldown({
  cwd: packageDir,
  input: {
    runtime: 'src/main.ts',
    'sql-worker': 'src/sql-sandbox/worker.ts',
    'search-worker': 'src/memory/vectors/search-worker.ts',
  },
  platform: 'node',
  // It finds its native half from where it is installed.
  external: [/^node:/, 'sqlite-vec'],
})

await rm(dist, { recursive: true, force: true })
await bundle.write({ dir: dist, entryFileNames: '[name].js', format: 'esm' })
await bundle.close()

// A module cannot cache its own compilation, so the entry is a second, tiny one.
const entry = `import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, 'compile-cache'))
await import('./runtime.js')
`
await mkdir(dist, { recursive: true })
await writeFile(join(dist, 'main.js'), entry)
