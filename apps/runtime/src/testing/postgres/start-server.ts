import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serverPrograms } from './programs.ts'

/** A Postgres in a folder of its own, reached by a socket there. */
export interface Server {
  url: string
  /** Ends it: at once, as a power cut would, or after what is under way. */
  halt(how: 'immediate' | 'fast'): void
  start(): void
  /** Ends it, and removes its folder. */
  stop(): void
}

export function startServer(settings: readonly string[] = []): Server {
  const dir = mkdtempSync(join(tmpdir(), 'loomcycle-pg-'))
  const bin = serverPrograms(dir)
  // It refuses to be run by root.
  const user = process.getuid?.() === 0 ? nobody() : undefined
  if (user) chownSync(dir, user.uid, user.gid)
  const run = (program: string, args: string[]) =>
    execFileSync(join(bin, program), args, { ...user, cwd: dir, stdio: ['ignore', 'ignore', 'inherit'] })
  const data = join(dir, 'data')
  run('initdb', ['-D', data, '-A', 'trust', '-U', 'postgres', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'])
  const options = ['listen_addresses=', `unix_socket_directories=${dir}`, 'max_connections=400', ...settings]
    .map((setting) => `-c ${setting}`)
    .join(' ')
  const server: Server = {
    url: `postgres://postgres@${encodeURIComponent(dir)}/postgres`,
    start: () => void run('pg_ctl', ['-D', data, '-o', options, '-l', join(dir, 'log'), '-w', 'start']),
    halt: (how) => void run('pg_ctl', ['-D', data, '-m', how, '-w', 'stop']),
    stop() {
      server.halt('immediate')
      rmSync(dir, { recursive: true, force: true })
    },
  }
  server.start()
  return server
}

function nobody(): { uid: number; gid: number } {
  const id = (what: string) => Number(execFileSync('id', [what, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}
