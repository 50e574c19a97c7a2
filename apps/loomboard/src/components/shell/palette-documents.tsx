import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Command } from 'cmdk'
import { FileText, TextSearch } from 'lucide-react'
import { useDeferredValue } from 'react'
import { type DocumentAddress, pathToSplat } from '../documents/address.ts'
import { foundChunksQuery, namedDocumentsQuery } from '../documents/queries.ts'

export interface PaletteGroupProps {
  typed: string
  itemStyle: string
  groupStyle: string
  run: (action: () => void) => () => void
}

/** Documents by their names, and chunks by their words; the runtime knows them, so it is asked. */
export function PaletteDocuments({ typed, itemStyle, groupStyle, run }: PaletteGroupProps) {
  const words = useDeferredValue(typed.trim())
  const navigate = useNavigate()
  const { data: documents = [] } = useQuery(namedDocumentsQuery(words))
  const { data: found = [] } = useQuery({ ...foundChunksQuery(words), enabled: words.length > 1 })
  // The chunk that stands for a whole document is offered as the document.
  const roots = new Set(documents.map(({ root_chunk_id }) => root_chunk_id))
  const chunks = found.filter(({ chunk_id }) => !roots.has(chunk_id))
  const go = ({ path, id = '', chunk }: DocumentAddress) => {
    const search = chunk ? { card: chunk } : {}
    if (path === undefined) void navigate({ to: '/documents/$id', params: { id }, search })
    else void navigate({ to: '/docs/$', params: { _splat: pathToSplat(path) }, search })
  }
  return (
    <>
      {documents.length > 0 && (
        <Command.Group heading="Documents" className={groupStyle}>
          {documents.map(({ document_id: id, title, paths: [path] }) => (
            <Command.Item
              key={id}
              value={`document ${id}`}
              // What was found by the runtime fits, whatever the palette would think of it.
              keywords={[typed, title, path ?? '']}
              className={itemStyle}
              onSelect={run(() => go(path ? { path } : { id }))}
            >
              <FileText aria-hidden="true" />
              <span className="flex-1 truncate">{title}</span>
              <span className="truncate text-faint text-xs">{path}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
      {words.length > 1 && chunks.length > 0 && (
        <Command.Group heading="In documents" className={groupStyle}>
          {chunks.map(({ chunk_id: chunk, document_id: id, title, excerpt }) => (
            <Command.Item
              key={chunk}
              value={`chunk ${chunk}`}
              keywords={[typed]}
              className={itemStyle}
              onSelect={run(() => go({ id: id ?? '', chunk }))}
            >
              <TextSearch aria-hidden="true" />
              <span className="max-w-[60%] shrink-0 truncate">{title || 'Untitled'}</span>
              <span className="min-w-0 flex-1 truncate text-faint text-xs">{excerpt}</span>
            </Command.Item>
          ))}
        </Command.Group>
      )}
    </>
  )
}
