import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What can be used without the runtime: the pages themselves, not what a few answers need. */
const roots = [
  /^src\/routes\//,
  /transcript\.tsx$/,
  /view\/reader\.ts$/,
  /composer\/(?:attached|metrics-line)\.tsx$/,
  /sheet\.tsx$/,
  /command-palette\.tsx$/,
  /shortcut-sheet\.tsx$/,
]
const fonts = /-latin-wght-normal-.*\.woff2$/

/** Writes `/sw.js` with the list of files that it keeps. */
export function serviceWorker(): Plugin {
  let root = ''
  return {
    name: 'service-worker',
    apply: 'build',
    configResolved(config) {
      root = config.root
    },
    generateBundle(_options, bundle) {
      const files = new Set<string>(Object.keys(bundle).filter((name) => fonts.test(name)))
      const add = (name: string) => {
        const chunk = bundle[name]
        if (chunk?.type !== 'chunk' || files.has(name)) return
        files.add(name)
        for (const css of chunk.viteMetadata?.importedCss ?? []) files.add(css)
        chunk.imports.forEach(add)
      }
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue
        const module = (chunk.facadeModuleId ?? '').slice(root.length + 1).split('?')[0]!
        if (chunk.isEntry || roots.some((pattern) => pattern.test(module))) add(chunk.fileName)
      }
      const pages = readdirSync(join(root, 'public'), { recursive: true, encoding: 'utf8' }).filter((name) =>
        /\.\w+$/.test(name),
      )
      const shell = ['/index.html', ...[...files, ...pages].map((name) => `/${name}`)].sort()
      const source = readFileSync(join(root, 'service-worker/worker.js'), 'utf8')
      const version = createHash('sha256').update(shell.join()).update(source).digest('hex').slice(0, 12)
      this.emitFile({
        type: 'asset',
        fileName: 'sw.js',
        source: source.replace('__SHELL__', JSON.stringify(shell)).replace('__NAME__', `loomboard-${version}`),
      })
    },
  }
}
