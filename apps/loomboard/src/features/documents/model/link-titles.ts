import type { wire } from '@loomcycle/client'
import { toHref } from '../../../components/documents/address.ts'

const link = /\[\[([^[\]\r\n|]{1,1000})(?:\|([^[\]\r\n]*))?\]\]/g
/** Code stays as it is. */
const code = /(```[\s\S]*?(?:```|$)|`[^`\n]*`)/

const key = (title: string) => title.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

/** A body with its `[[links]]` as links in Markdown, as far as the edges that were made of them say where they lead. */
export function linkTitles(
  body: string,
  edges: readonly wire.ChunkEdge[],
  chunkId: string,
  document: { document_id: string; paths: readonly string[] },
): string {
  const targets = new Map<string, wire.ChunkEdge>()
  for (const edge of edges) {
    if (!edge.auto || edge.from_id !== chunkId) continue
    targets.set(edge.to_id, edge)
    if (edge.to_title) targets.set(key(edge.to_title), edge)
  }
  const hrefOf = ({ to_document_id: id = '', to_id: chunk }: wire.ChunkEdge) => {
    const path = id === document.document_id ? document.paths[0] : undefined
    return toHref(path ? { path, chunk } : { id, chunk })
  }
  const linked = (text: string) =>
    text.replace(link, (whole, target: string, shown?: string) => {
      const edge = targets.get(key(target)) ?? targets.get(target)
      if (!edge) return whole
      const words = (shown || edge.to_title || target).replace(/[[\]\\]/g, '\\$&')
      return `[${words}](${hrefOf(edge)})`
    })
  return body
    .split(code)
    .map((piece, i) => (i % 2 === 1 ? piece : linked(piece)))
    .join('')
}
