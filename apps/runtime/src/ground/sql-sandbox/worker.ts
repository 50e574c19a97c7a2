import { SandboxConnection } from './connection.ts'
import { copyRows } from './copy-rows.ts'
import { KeptConnection } from './kept-connection.ts'
import type { WorkerReply, WorkerRequest } from './messages.ts'
import { startWatchdog } from './watchdog.ts'

/** The process that runs what others wrote. It does one thing at a time, and whoever started it may kill it at any time. */
let open: SandboxConnection | undefined
const kept = new KeptConnection()

function answer(request: WorkerRequest): unknown {
  switch (request.kind) {
    case 'once': {
      if (!request.database.readOnly) return kept.run(request.database, request)
      const connection = new SandboxConnection(request.database)
      try {
        return connection.run(request)
      } finally {
        connection.close()
      }
    }
    case 'copy':
      return copyRows(request)
    case 'begin':
      kept.close()
      open = new SandboxConnection(request.database)
      return open.control('BEGIN IMMEDIATE')
    case 'run':
      return open?.run(request)
    case 'savepoint':
      return open?.control(`SAVEPOINT depth_${request.depth}`)
    case 'release':
      return open?.control(`RELEASE depth_${request.depth}`)
    case 'rollback_to':
      return open?.control(`ROLLBACK TO depth_${request.depth}; RELEASE depth_${request.depth}`)
    case 'commit':
    case 'rollback': {
      open?.control(request.kind)
      open?.close()
      open = undefined
    }
  }
}

function replyTo(request: WorkerRequest): WorkerReply {
  try {
    return { ok: true, result: answer(request) }
  } catch (error) {
    return { ok: false, message: error instanceof Error ? error.message : String(error) }
  }
}

process.on('message', (request: WorkerRequest) => process.send?.(replyTo(request)))
process.on('disconnect', () => process.exit(0))
startWatchdog(Number(process.argv[2]), () => process.send?.('ready'))
