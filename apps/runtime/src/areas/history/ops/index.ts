import type { historyOps as declared, OpName } from '@loomcycle/proto'
import type { JsonParts } from '../../../ground/json-parts.ts'
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

export type HistoryOp<N extends OpName<typeof declared>> = OpImplementation<
  typeof declared,
  N,
  HistoryContext,
  JsonParts
>

export const historyImplementations: OpImplementations<typeof declared, HistoryContext, JsonParts> = {
  list,
  search,
  get,
  branches,
  rename,
  annotate,
  tags,
  pin,
  archive,
  recap,
  resume,
  related,
}
