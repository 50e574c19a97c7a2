import type { memoryOps } from '@loomcycle/proto'
import type { OpImplementations } from '../../../tools/op-set.ts'
import { toldInWords } from '../../../tools/told-in-words.ts'
import type { MemoryDeps } from '../deps.ts'
import { appendDedupe } from './append-dedupe.ts'
import { boundedList } from './bounded-list.ts'
import { deleteValue } from './delete.ts'
import { getValue } from './get.ts'
import { incrValue } from './incr.ts'
import { listValues } from './list.ts'
import { addMessages, recallMessages } from './memory-layer.ts'
import { mergeValue } from './merge.ts'
import { searchValues } from './search.ts'
import { setValue } from './set.ts'
import { sqlOps } from './sql.ts'

export function createMemoryOps(deps: MemoryDeps): OpImplementations<typeof memoryOps> {
  return toldInWords({
    get: getValue(deps),
    set: setValue(deps),
    delete: deleteValue(deps),
    list: listValues(deps),
    incr: incrValue(deps),
    merge: mergeValue(deps),
    append_dedupe: appendDedupe(deps),
    bounded_list: boundedList(deps),
    search: searchValues(deps),
    add: addMessages,
    recall: recallMessages,
    ...sqlOps(deps),
  })
}
