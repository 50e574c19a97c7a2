import { parentPort } from 'node:worker_threads'
import type { CodeCheck, CodeWork, FromWorker } from './messages.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

const port = parentPort!
let opening: Promise<Sandbox> | undefined

port.on('message', async (work: CodeWork | CodeCheck) => {
  opening ??= openSandbox()
  const sandbox = await opening
  port.postMessage(answerOf(sandbox, work))
})

function answerOf(sandbox: Sandbox, work: CodeWork | CodeCheck): FromWorker {
  if (!('check' in work)) return { outcome: sandbox.play(work), isSpent: sandbox.isSpent }
  const message = sandbox.check(work.check)
  const outcome: FromWorker['outcome'] =
    message === undefined ? { kind: 'returned', text: '' } : { kind: 'failed', code: 'code_agent_load', message }
  return { outcome, isSpent: sandbox.isSpent }
}
