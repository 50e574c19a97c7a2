import type { historyOps as declared, OpName } from '@loomcycle/proto'
import type { OpImplementation, OpImplementations } from '../../../tools/op-set.ts'
import type { HistoryContext } from '../context.ts'
import { annotate } from './annotate.ts'
import { archive } from './archive.ts'
import { branches } from './branches.ts'
import { get } from './get.ts'
import { list } from './list.ts'
import { pin } from './pin.ts'
import { recap } from './recap.ts'
import { related } from './related.ts'
import { rename } from './rename.ts'
import { resume } from './resume.ts'
import { search } from './search.ts'
import { tags } from './tags.ts'

/** Over the conversations that `access.ts` opens to whoever calls. */
export type HistoryOp<N extends OpName<typeof declared>> = (ctx: HistoryContext) => OpImplementation<typeof declared, N>

export function createHistoryOps(ctx: HistoryContext): OpImplementations<typeof declared> {
  return {
    list: list(ctx),
    search: search(ctx),
    get: get(ctx),
    branches: branches(ctx),
    rename: rename(ctx),
    annotate: annotate(ctx),
    tags: tags(ctx),
    pin: pin(ctx),
    archive: archive(ctx),
    recap: recap(ctx),
    resume: resume(ctx),
    related: related(ctx),
  }
}
