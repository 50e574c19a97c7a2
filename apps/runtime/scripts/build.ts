import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'

const packageDir = join(import.meta.dirname, '..')
const dist = join(packageDir, 'dist')

// Dependencies are bundled too: one file to read at start instead of several hundred. Workers are processes of their own.
const bundle = await rolldown({
  cwd: packageDir,
  input: {
    runtime: 'src/main.ts',
    'sql-worker': 'src/ground/sql-sandbox/worker.ts',
    'postgres-reader-worker': 'src/ground/sql-sandbox/statement/postgres-reader-worker.ts',
    'checkpoint-worker': 'src/ground/db/checkpoint-worker.ts',
    'integrity-worker': 'src/ground/db/health/integrity-worker.ts',
    'reading-worker': 'src/ground/db/reading-worker.ts',
    'search-worker': 'src/areas/memory/vectors/search-worker.ts',
    'file-search-worker': 'src/tools/files/search/file-search-worker.ts',
    'code-worker': 'src/models/providers/code-js/code-worker.ts',
    'box-worker': 'src/tools/shell/bashbox/box-worker.ts',
  },
  platform: 'node',
  // They find their other halves from where they are installed.
  external: [/^node:/, 'sqlite-vec', 'just-bash', 'libpg-query', '@jitl/quickjs-wasmfile-release-sync'],
})

/** One letter beyond Latin makes the text of the whole file take twice the memory. What is left of them stands in strings. */
const asciiOnly: Plugin = {
  name: 'ascii-only',
  generateBundle(_options, files) {
    for (const file of Object.values(files)) {
      if (file.type === 'chunk')
        file.code = file.code.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    }
  },
}

await rm(dist, { recursive: true, force: true })
await bundle.write({
  dir: dist,
  entryFileNames: '[name].js',
  format: 'esm',
  // A process keeps the text of what it runs in memory.
  comments: false,
  plugins: [asciiOnly],
})
await bundle.close()

// A module cannot cache its own compilation, so the entry is a second, tiny one.
const entry = `import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

enableCompileCache(join(import.meta.dirname, 'compile-cache'))
await import('./runtime.js')
`
await mkdir(dist, { recursive: true })
await writeFile(join(dist, 'main.js'), entry)
