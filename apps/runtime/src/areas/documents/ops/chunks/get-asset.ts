import { ToolError } from '../../../../ground/tool-error.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { getChunk } from '../../find.ts'
import { look } from '../../look.ts'

export function getAsset(deps: DocumentDeps): DocumentOp<'get_asset'> {
  return async (caller, { scope, id }) => {
    const { asset } = await getChunk(await look(deps, caller, scope), id)
    if (!asset) throw new ToolError(`the chunk ${id} has no asset`)
    return {
      chunk_id: id,
      media_type: asset.media_type,
      size: asset.size,
      described: false,
      ...(asset.filename === undefined ? {} : { filename: asset.filename }),
      note: `its bytes are at /v1/_document/asset/${id}`,
    }
  }
}
