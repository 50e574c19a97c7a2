import { inSlices } from '../../../../ground/in-slices.ts'
import type { DocumentDeps, DocumentOp } from '../../deps.ts'
import { edgesTrailer } from '../../exchange/markdown/metadata.ts'
import { writeMarkdown } from '../../exchange/markdown/write.ts'
import { withoutComments, withoutSettings } from '../../exchange/said-of-cards.ts'
import { getDocumentBy } from '../../find.ts'
import { look } from '../../look.ts'
import { readDocument } from '../../read-document.ts'

export function exportMd(deps: DocumentDeps): DocumentOp<'export_md'> {
  return async (caller, { scope, include_metadata = true, include_comments = false, ...ref }) => {
    const within = await look(deps, caller, scope)
    const document = await getDocumentBy(within, ref)
    const whole = await readDocument(deps, within, document.id)
    const said = include_comments ? whole : await inSlices(withoutComments(whole))
    const { chunks, edges } = include_metadata ? said : await inSlices(withoutSettings(said))
    const text = await inSlices(writeMarkdown(chunks, { metadata: include_metadata }))
    const lines = edges.map(({ from_id, to_id, kind }) => ({ from: from_id, to: to_id, kind }))
    const markdown = include_metadata ? text + (await inSlices(edgesTrailer(lines))) : text
    return { markdown, document_id: document.id, title: document.title }
  }
}
