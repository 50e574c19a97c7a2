import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, constants, existsSync, mkdirSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex, Readable, Writable } from 'node:stream'
import { textEnd } from '../../ground/files/text.ts'
import { killMarked } from './marked.ts'

export interface Command {
  /** The program, as PATH finds it, and its arguments. */
  argv: readonly string[]
  /** For the system's calls; whoever asks holds it. */
  cwd: string
  env: Readonly<Record<string, string>>
  stdin?: Buffer
  /** Both in the order they were written, in `output`. */
  joinsErrors: boolean
  timeoutMs: number
  /** Of the output that is kept; the rest is read and dropped. */
  mostBytes: number
  signal: AbortSignal
}

export interface Ended {
  output: Captured
  errors: Captured
  how: { code: number } | { signal: string } | { timedOut: true }
}

export interface Captured {
  bytes: Buffer
  isCut: boolean
}

/**
 * What is run begins in a group of its own, with somebody in it who ends the whole group when this process lets go of
 * their line, as it does at the end and when it dies. Whatever the command starts has the line as well, so it is known
 * when the last one is gone.
 */
const guarded = '(read -r _ <&4; kill -KILL 0) </dev/null >/dev/null 2>&1 & exec "$@"'
const guardedJoined = `exec 2>&1; ${guarded}`

const soonMs = 300

/** Programs of the machine that run for somebody; each ends with everything it started. */
export class Processes {
  readonly #markers: string
  readonly #running = new Set<Promise<unknown>>()
  readonly #closing = new AbortController()

  /** `folder`: where each leaves its mark for a moment. */
  constructor(folder: string) {
    this.#markers = folder
  }

  /** Ends what a process of before, that was killed, has left. */
  async recover() {
    if (existsSync(this.#markers)) await killMarked(`${this.#markers}/`)
  }

  run(command: Command): Promise<Ended> {
    const running = this.#run(command)
    this.#running.add(running)
    const done = () => this.#running.delete(running)
    running.then(done, done)
    return running
  }

  /** Ends all of them. */
  async close() {
    this.#closing.abort(new Error('the runtime stops'))
    await Promise.allSettled(this.#running)
  }

  async #run({ argv, cwd, env, stdin, joinsErrors, timeoutMs, mostBytes, signal }: Command): Promise<Ended> {
    const stop = AbortSignal.any([signal, this.#closing.signal])
    stop.throwIfAborted()
    const marker = this.#mark()
    let child: ChildProcess
    try {
      child = spawn('/bin/sh', ['-c', joinsErrors ? guardedJoined : guarded, 'sh', ...argv], {
        cwd,
        env,
        detached: true,
        stdio: [stdin ? 'pipe' : 'ignore', 'pipe', joinsErrors ? 'ignore' : 'pipe', marker.fd, 'pipe'],
      })
    } finally {
      closeSync(marker.fd)
    }
    const line = child.stdio[4] as Duplex | undefined
    const isGone = lineEnded(line)
    const output = capture(child.stdio[1] as Readable | undefined, mostBytes)
    const errors = capture((child.stdio[2] ?? undefined) as Readable | undefined, mostBytes)
    feed(child.stdio[0] as Writable | null, stdin)
    const killed = Promise.withResolvers<'time' | 'stop'>()
    const timer = setTimeout(() => killed.resolve('time'), timeoutMs)
    const onStop = () => killed.resolve('stop')
    stop.addEventListener('abort', onStop, { once: true })
    try {
      const how = await Promise.race([ended(child), killed.promise])
      await endAll(child, line, isGone, marker.name)
      // What it wrote last may still be on its way; where somebody could not be ended, their line stays open.
      await isWithin(Promise.all([output.isWhole, errors.isWhole]), soonMs)
      for (const stream of child.stdio) stream?.destroy()
      if (how === 'stop') throw stop.reason
      return { output: output.read(), errors: errors.read(), how: how === 'time' ? { timedOut: true } : how }
    } finally {
      clearTimeout(timer)
      stop.removeEventListener('abort', onStop)
    }
  }

  /** A file that is nowhere any more but is held by the command and all it starts, whatever group they make. */
  #mark() {
    const { O_RDONLY, O_CREAT, O_EXCL } = constants
    mkdirSync(this.#markers, { recursive: true, mode: 0o700 })
    const name = join(this.#markers, randomBytes(12).toString('hex'))
    const fd = openSync(name, O_RDONLY | O_CREAT | O_EXCL, 0o600)
    rmSync(name)
    return { name, fd }
  }
}

function ended(child: ChildProcess): Promise<{ code: number } | { signal: string }> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code === null ? { signal: String(signal) } : { code }))
  })
}

/** Ends the command with its whole group, then whoever has left the group, and waits until nobody is there. */
async function endAll(child: ChildProcess, line: Duplex | undefined, isGone: Promise<void>, marker: string) {
  line?.end()
  // Its number is its own for as long as it has not been told that it ended.
  if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) {
    try {
      process.kill(-child.pid, 'SIGKILL')
    } catch {}
  }
  for (let rounds = 0; rounds < 20; rounds++) {
    if (await isWithin(isGone, soonMs)) break
    await killMarked(marker)
  }
}

async function isWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(() => resolve(false), ms)
  try {
    return await Promise.race([work.then(() => true), promise])
  } finally {
    clearTimeout(timer)
  }
}

function lineEnded(line: Duplex | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (!line) return resolve()
    line.on('error', () => resolve())
    line.once('close', () => resolve())
    line.once('end', () => resolve())
    // Nothing is said on it; whatever somebody writes there is nobody's.
    line.resume()
  })
}

interface Capture {
  isWhole: Promise<void>
  read(): Captured
}

function capture(stream: Readable | undefined, mostBytes: number): Capture {
  const pieces: Buffer[] = []
  let length = 0
  let isCut = false
  const isWhole = new Promise<void>((resolve) => {
    if (!stream) return resolve()
    stream.on('error', () => resolve())
    stream.once('close', () => resolve())
  })
  stream?.on('data', (piece: Buffer) => {
    const room = mostBytes - length
    if (piece.length > room) isCut = true
    if (room <= 0) return
    // A copy, since the rest of what it is a part of would be kept with it.
    const kept = Buffer.from(piece.subarray(0, room))
    pieces.push(kept)
    length += kept.length
  })
  const read = () => {
    const bytes = Buffer.concat(pieces, length)
    return { bytes: isCut ? bytes.subarray(0, textEnd(bytes)) : bytes, isCut }
  }
  return { isWhole, read }
}

function feed(stream: Writable | null, stdin: Buffer | undefined) {
  if (!stream) return
  // It need not read all of it.
  stream.on('error', () => {})
  stream.end(stdin)
}
