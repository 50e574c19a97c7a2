import { parentPort, workerData } from 'node:worker_threads'
import { Bash, type Command, defineCommand, InMemoryFs, latin1FromBytes, MountableFs } from 'just-bash'
import { Drafts } from '../../../ground/files/drafts.ts'
import { openFolder } from '../../../ground/files/folder.ts'
import { type BoxWork, type FromBox, type HostAnswer, type HostCall, mountPoint } from './messages.ts'
import { OverlayFs } from './overlay-fs.ts'
import { VolumeFs } from './volume-fs.ts'

const work = workerData as BoxWork
const memoryBytes = 64 * 1024 * 1024

const waiting = new Map<number, (answer: HostAnswer) => void>()
let lastId = 0
parentPort!.on('message', (answer: HostAnswer) => {
  waiting.get(answer.id)?.(answer)
  waiting.delete(answer.id)
})

tell(await outcome().catch((error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) })))

async function outcome(): Promise<FromBox> {
  const drafts = work.drafts && new Drafts(work.drafts.folder, work.drafts.owner)
  const root = { folder: await openFolder(work.folder), path: work.path, drafts }
  const volume = new VolumeFs(root)
  const filesystem = work.mode === 'ro' ? new OverlayFs(volume, memoryBytes) : volume
  const fs = new MountableFs({
    base: new InMemoryFs({ '/tmp/.keep': '' }, { maxTotalBytes: memoryBytes }),
    mounts: [{ mountPoint, filesystem }],
  })
  const bash = new Bash({
    fs,
    cwd: mountPoint,
    env: { HOME: mountPoint },
    customCommands: work.hostCommands.map(hostCommand),
    executionLimits: { maxExecutionTimeMs: work.timeoutMs, maxOutputSize: 16 * work.mostOutputBytes },
  })
  // One stream, in the order it is written.
  const { stdout, stderr, exitCode } = await bash.exec(`exec 2>&1\n${work.command}`, { rawScript: true })
  return { output: Buffer.from(stdout + stderr).subarray(0, work.mostOutputBytes + 1), exitCode }
}

/** Runs on the machine, by whoever started this thread; what it is run with is for them to say. */
function hostCommand(name: string): Command {
  return defineCommand(name, async (args, { cwd, stdin }) => {
    const inside = cwd === mountPoint || cwd.startsWith(`${mountPoint}/`)
    if (!inside) return { stdout: '', stderr: `${name}: can only be run in ${mountPoint}\n`, exitCode: 126 }
    const answer = await call({
      ...{ name, args },
      cwd: cwd.slice(mountPoint.length).split('/').filter(Boolean),
      stdin: Buffer.from(stdin ? latin1FromBytes(stdin) : '', 'latin1'),
    })
    return {
      stdout: Buffer.from(answer.stdout).toString('latin1'),
      stdoutKind: 'bytes' as const,
      stderr: answer.stderr,
      exitCode: answer.exitCode,
    }
  })
}

function call(wanted: Omit<HostCall, 'id'>): Promise<HostAnswer> {
  const id = ++lastId
  return new Promise((resolve) => {
    waiting.set(id, resolve)
    tell({ call: { id, ...wanted } })
  })
}

function tell(message: FromBox) {
  parentPort!.postMessage(message)
}
