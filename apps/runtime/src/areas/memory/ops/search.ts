import { ToolError } from '../../../ground/tool-error.ts'
import { whyNotEmbed } from '../../../models/embedders/may-embed.ts'
import { placeFor } from '../access.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { NO_EMBEDDER } from '../embedding.ts'
import { findSimilar } from '../find-similar.ts'

export function searchValues(deps: MemoryDeps): MemoryOp<'search'> {
  return async (caller, { scope, query, top_k: topK = 10, prefix = '', rank = {}, dedup }) => {
    const place = placeFor(caller, scope)
    if (!deps.embedding) throw new ToolError(NO_EMBEDDER)
    const refused = whyNotEmbed(deps.embedding.embedder, caller.run?.agent)
    if (refused !== undefined) throw new ToolError(refused)
    return findSimilar(deps, deps.embedding, { place, query, topK, prefix, rank, dedup }, caller.signal)
  }
}
