import { readdirSync, statSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(?:js|css|html|svg|json|webmanifest)$/
const smallest = 512
/** Larger ones are parts that few people load; the last percent would take longer than the rest of the build. */
const large = 120_000

const toGzip = promisify(gzip)
const toBrotli = promisify(brotliCompress)

const isEntry = (name: string, bytes: Buffer) => bytes.length < large || name.includes('index-')

/** Writes `.gz` and `.br` beside every text asset, so that the runtime serves them without compressing anything. */
export function compressAssets(): Plugin {
  let outDir = 'dist'
  return {
    name: 'compress-assets',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    // Not closeBundle: that also runs after a build that failed.
    async writeBundle() {
      const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' })
      await Promise.all(
        names.filter((name) => isWorthIt(join(outDir, name), name)).map((name) => compress(outDir, name)),
      )
    },
  }
}

function isWorthIt(file: string, name: string): boolean {
  return compressible.test(name) && !name.startsWith('.vite') && statSync(file).size >= smallest
}

async function compress(outDir: string, name: string): Promise<void> {
  const file = join(outDir, name)
  const bytes = await readFile(file)
  const quality = isEntry(name, bytes) ? 11 : 9
  await Promise.all([
    toGzip(bytes, { level: 9 }).then((small) => writeFile(`${file}.gz`, small)),
    toBrotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }).then((small) =>
      writeFile(`${file}.br`, small),
    ),
  ])
}
