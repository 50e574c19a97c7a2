import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { holding } from '../../../ground/files/handles.ts'
import { type Root, walk } from '../../../ground/files/walk.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { Ended, Processes } from '../processes.ts'
import { mostOutputBytes } from '../said.ts'
import type { BoxWork, FromBox, HostAnswer, HostCall } from './messages.ts'

/** Programs of the machine that scripts may run, and what is in their environment and in no script's. */
export interface HostCommands {
  names: readonly string[]
  env: Readonly<Record<string, string>>
}

export interface Box {
  command: string
  root: Root
  mode: 'rw' | 'ro'
  timeoutMs: number
  signal: AbortSignal
}

/** Beside its source, or beside the bundle. */
const workerFile = ['box-worker.ts', 'box-worker.js'].map((name) => join(import.meta.dirname, name)).find(existsSync)

/** Runs a script in a thread of its own, which is ended with everything it started when the script is over, or its time is. */
export async function runBox(
  { command, root, mode, timeoutMs, signal }: Box,
  processes: Processes,
  host: HostCommands,
): Promise<{ output: Buffer; how: Ended['how'] }> {
  // What a program of the machine does is not laid over a volume.
  const hostCommands = mode === 'rw' ? host.names : []
  const drafts = root.drafts && { folder: root.drafts.folder, owner: root.drafts.owner }
  const work: BoxWork = {
    drafts,
    ...{ command, folder: root.folder.self, path: root.path, mode, timeoutMs, mostOutputBytes, hostCommands },
  }
  const over = new AbortController()
  const worker = new Worker(workerFile ?? 'box-worker.js', {
    workerData: work,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const running: Promise<unknown>[] = []
  const onCall = (call: HostCall) => {
    const end = AbortSignal.any([signal, over.signal])
    const answered = callHost(call, { root, timeoutMs, signal: end }, processes, host).then((answer) =>
      worker.postMessage(answer),
    )
    running.push(answered.catch(() => {}))
  }
  const timer = AbortSignal.timeout(timeoutMs)
  try {
    return await outcomeOf(worker, onCall, AbortSignal.any([signal, timer]))
  } catch (error) {
    if (signal.aborted) throw signal.reason
    if (timer.aborted) return { output: Buffer.alloc(0), how: { timedOut: true } }
    throw error
  } finally {
    over.abort(new Error('the script is over'))
    await worker.terminate()
    await Promise.all(running)
  }
}

function outcomeOf(worker: Worker, onCall: (call: HostCall) => void, end: AbortSignal) {
  return new Promise<{ output: Buffer; how: Ended['how'] }>((resolve, reject) => {
    const failed = (error: unknown) =>
      reject(new ToolError(`the shell could not go on: ${error instanceof Error ? error.message : String(error)}`))
    end.addEventListener('abort', () => reject(end.reason), { once: true })
    if (end.aborted) reject(end.reason)
    worker.on('error', failed)
    worker.on('exit', () => failed('its thread ended'))
    worker.on('message', (message: FromBox) => {
      if ('call' in message) onCall(message.call)
      else if ('failure' in message) failed(message.failure)
      else resolve({ output: Buffer.from(message.output), how: { code: message.exitCode } })
    })
  })
}

async function callHost(
  { id, name, args, cwd, stdin }: HostCall,
  { root, timeoutMs, signal }: Pick<Box, 'root' | 'timeoutMs' | 'signal'>,
  processes: Processes,
  { names, env }: HostCommands,
): Promise<HostAnswer> {
  const refusal = (stderr: string): HostAnswer => ({
    id,
    stdout: Buffer.alloc(0),
    stderr: `${name}: ${stderr}\n`,
    exitCode: 126,
  })
  if (!names.includes(name)) return refusal('is not one of the programs that may be run')
  return holding(async (handles) => {
    const { entry } = await walk(root, cwd, handles)
    if (entry.kind !== 'directory') return refusal('the current folder is gone')
    const { output, errors, how } = await processes.run({
      argv: [name, ...args],
      cwd: entry.folder.self,
      env,
      stdin: Buffer.from(stdin),
      joinsErrors: false,
      timeoutMs,
      mostBytes: 8 * mostOutputBytes,
      signal,
    })
    const exitCode = 'code' in how ? how.code : 137
    return { id, stdout: output.bytes, stderr: errors.bytes.toString('utf8'), exitCode }
  })
}
