import type { interruptionOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import type { InterruptContext } from '../context.ts'
import { ask } from './ask.ts'
import { cancel } from './cancel.ts'
import { notify } from './notify.ts'

export function createInterruptionOps(ctx: InterruptContext): OpImplementations<typeof interruptionOps> {
  return { ask: ask(ctx), notify: notify(ctx), cancel: cancel(ctx) }
}
