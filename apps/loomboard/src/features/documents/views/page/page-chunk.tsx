import type { wire } from '@loomcycle/client'
import { useQuery } from '@tanstack/react-query'
import { PanelRight } from 'lucide-react'
import { createElement } from 'react'
import { Markdown } from '../../../../components/markdown/markdown.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Skeleton } from '../../../../components/ui/skeleton.tsx'
import { cn } from '../../../../lib/cn.ts'
import { useNow } from '../../../../lib/use-now.ts'
import { ChunkMenu } from '../../card/chunk-menu.tsx'
import { Chip } from '../../components/field-chips.tsx'
import { Status } from '../../components/status.tsx'
import { fieldChips } from '../../model/field-chips.ts'
import { linkTitles } from '../../model/link-titles.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import { bodiesQuery } from '../../queries.ts'
import { useUnsavedOf } from '../../use-unsaved.ts'
import { shown } from '../../writing/chunk-edit.ts'
import type { ViewProps } from '../view.ts'
import type { PageRow } from './page-rows.ts'

type PageChunkProps = ViewProps & {
  row: PageRow
  batch: readonly OutlineChunk[]
  edges: readonly wire.ChunkEdge[]
  headingId: string
}

const sizes = ['text-2xl', 'text-xl', 'text-lg', 'text-base', 'text-base', 'text-sm']
const noFields: never[] = []

/** One chunk of the page: its heading, what it is, and its text. */
export function PageChunk(props: PageChunkProps) {
  const { row, batch, edges, document, editing, types, selected, headingId, onOpen, onAdd } = props
  const { chunk, level } = row
  const { data: bodies, error, refetch } = useQuery(bodiesQuery(batch))
  const now = useNow(60_000)
  const known = bodies?.get(chunk.id)
  // What is being written in the card is read here as well.
  const { body } = shown({ title: chunk.title, body: known ?? '' }, useUnsavedOf(chunk.document_id, chunk.id))
  const specs = types.get(chunk.type ?? '') ?? noFields
  const isDone = editing.isDone(chunk)
  const chips = fieldChips(chunk.fields, specs, { now, done: isDone })
  const hasFacts = chunk.status || chips.length > 0 || (chunk.tags?.length ?? 0) > 0
  return (
    <section aria-labelledby={headingId} className={cn('group/chunk pb-4', level <= 2 ? 'pt-5' : 'pt-2')}>
      <div className="flex items-start gap-1">
        {createElement(
          // The page’s own title is the first heading.
          `h${Math.min(level + 1, 6)}`,
          {
            id: headingId,
            tabIndex: -1,
            className: cn(
              'min-w-0 flex-1 font-display font-semibold outline-none [overflow-wrap:anywhere]',
              sizes[level - 1],
              chunk.id === selected && 'text-accent-text',
            ),
          },
          chunk.title || 'Untitled',
        )}
        <span className="flex shrink-0 opacity-0 transition-opacity focus-within:opacity-100 group-hover/chunk:opacity-100 coarse:opacity-100 print:hidden">
          <IconButton label={`Open ${chunk.title || 'Untitled'}`} size="sm" onClick={() => onOpen(chunk.id)}>
            <PanelRight />
          </IconButton>
          <ChunkMenu
            chunkId={chunk.id}
            isRoot={chunk.id === document.root_chunk_id}
            document={editing}
            onAdd={(where) => onAdd(where, chunk.id)}
          />
        </span>
      </div>
      {hasFacts && (
        <div className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
          {chunk.status && <Status status={chunk.status} isDone={isDone} />}
          {chips.map((chip) => (
            <Chip key={chip.name} chip={chip} />
          ))}
          {chunk.tags?.map((tag) => (
            <span key={tag} className="text-faint text-xs">
              #{tag}
            </span>
          ))}
        </div>
      )}
      {known === undefined && error ? (
        <p role="alert" className="mt-2 text-danger text-sm">
          This text could not be read.{' '}
          <button type="button" className="underline" onClick={() => void refetch()}>
            Try again
          </button>
        </p>
      ) : known === undefined ? (
        <div className="after-a-moment mt-2 flex flex-col gap-2">
          <Skeleton className="h-4" />
          <Skeleton className="h-4 w-3/4" />
        </div>
      ) : (
        body.trim() !== '' && (
          <div className="mt-2">
            <Markdown text={linkTitles(body, edges, chunk.id, document)} />
          </div>
        )
      )}
    </section>
  )
}
