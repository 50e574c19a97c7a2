import { createHash } from 'node:crypto'
import { changeChunk } from '../../chunks/change-chunk.ts'
import { toChunk } from '../../chunks/chunk.ts'
import { parseImage } from '../../chunks/image.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edit } from '../../edit.ts'
import { getChunk } from '../../find.ts'
import { insertAsset } from '../../store/assets.ts'

export function setAsset(deps: DocumentDeps): DocumentOp<'set_asset'> {
  return (caller, { scope, id, media_type, data: text, filename }) =>
    edit(deps, caller, scope, async (current) => {
      const { tx, placeId, now } = current
      const chunk = await getChunk(current, id)
      const data = parseImage(media_type, text)
      const hash = createHash('sha256').update(data).digest('hex')
      await insertAsset(tx, placeId, { hash, media_type, data }, now)
      const asset = { hash, media_type, size: data.length, ...(filename === undefined ? {} : { filename }) }
      const content = { asset, type: 'image' }
      return toChunk(await changeChunk(current, chunk, { content }, { op: 'set_asset', newRevision: true }))
    })
}
