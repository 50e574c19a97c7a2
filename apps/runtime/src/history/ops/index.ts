import type { historyOps as declared, OpName } from '@loomcycle/proto'
import type { OpImplementation, OpImplementations } from '../../tools/op-set.ts'
import type { HistoryContext } from '../context.ts'
import { archive } from './archive.ts'
import { list } from './list.ts'
import { pin } from './pin.ts'
import { rename } from './rename.ts'

export type HistoryOp<N extends OpName<typeof declared>> = OpImplementation<typeof declared, N, HistoryContext>

export const historyImplementations: OpImplementations<typeof declared, HistoryContext> = { list, rename, pin, archive }
