import { execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../paths.ts'
import { type Mutation, mutated } from './mutation.ts'

export type TestRun = 'passed' | 'failed' | 'hung'

/** For a run that hangs; one that does not is over in a fraction of it, also on a busy machine. */
const hangMs = 120_000
/** For a single test, so that one that hangs does not have to wait for that. */
const testMs = 30_000

/** A copy of the working tree that may be broken: what is installed is shared, what is ours is not. */
export class ScratchCopy {
  readonly #dir = mkdtempSync(join(tmpdir(), 'loomcycle-mutate-'))
  #running: number | undefined

  constructor() {
    const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root })
    for (const file of listed.toString().split('\0')) {
      if (!file || !existsSync(join(root, file))) continue
      mkdirSync(dirname(join(this.#dir, file)), { recursive: true })
      cpSync(join(root, file), join(this.#dir, file))
    }
    linkEach(join(root, 'node_modules'), join(this.#dir, 'node_modules'))
    // Their links to our own packages are relative, and so lead into the copy.
    for (const modules of globSync('{packages,apps}/*/node_modules', { cwd: root })) {
      cpSync(join(root, modules), join(this.#dir, modules), { recursive: true, verbatimSymlinks: true })
    }
  }

  /** Runs the mutation's tests with the mutation in place. */
  async try(mutation: Mutation): Promise<TestRun> {
    const file = join(this.#dir, mutation.file)
    const source = readFileSync(file, 'utf8')
    writeFileSync(file, mutated(source, mutation))
    try {
      return await this.#run(mutation.tests, { limitMs: hangMs, stdio: 'ignore' })
    } finally {
      writeFileSync(file, source)
    }
  }

  /** On the code as it is, for somebody who watches: shows what vitest says, and takes as long as it takes. */
  test(filters: readonly string[]): Promise<TestRun> {
    return this.#run(filters, { limitMs: undefined, stdio: 'inherit' })
  }

  #run(
    filters: readonly string[],
    { limitMs, stdio }: { limitMs: number | undefined; stdio: 'ignore' | 'inherit' },
  ): Promise<TestRun> {
    const vitest = join(this.#dir, 'node_modules/vitest/vitest.mjs')
    const options = ['--bail=1', '--maxWorkers=1', `--testTimeout=${testMs}`, `--hookTimeout=${testMs}`]
    const child = spawn(process.execPath, [vitest, 'run', ...options, ...filters], {
      cwd: this.#dir,
      stdio: ['ignore', stdio, stdio],
      // A group of its own: what the tests have started goes with them.
      detached: process.platform !== 'win32',
    })
    this.#running = child.pid
    return new Promise((resolve, reject) => {
      let hung = false
      const giveUp = () => {
        hung = true
        this.#kill()
      }
      const timer = limitMs === undefined ? undefined : setTimeout(giveUp, limitMs)
      child.once('error', reject)
      child.once('exit', (code) => {
        clearTimeout(timer)
        this.#kill()
        resolve(hung ? 'hung' : code === 0 ? 'passed' : 'failed')
      })
    })
  }

  remove(): void {
    this.#kill()
    rmSync(this.#dir, { recursive: true, force: true })
  }

  #kill(): void {
    const pid = this.#running
    this.#running = undefined
    if (pid === undefined) return
    try {
      process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
    } catch {
      // It is gone already, and all that it had started.
    }
  }
}

/** Links to what is in a folder, so that what is written beside it does not end up there. */
function linkEach(from: string, to: string): void {
  mkdirSync(to, { recursive: true })
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const target = join(from, entry.name)
    if (entry.name.startsWith('@')) linkEach(target, join(to, entry.name))
    else if (entry.isDirectory() || entry.isSymbolicLink()) symlinkSync(target, join(to, entry.name), 'junction')
  }
}
