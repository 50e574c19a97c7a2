import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { ErrorState } from '../../../../components/error-state.tsx'
import { LinesLoading } from '../../../../components/lines-loading.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { plural } from '../../../../lib/format.ts'
import { isFiltered, showAll } from '../../model/filter.ts'
import { documentEdgesQuery } from '../../queries.ts'
import type { ViewProps } from '../view.ts'
import { chooseDrawn, mostNodes } from './choose.ts'
import { LinkList } from './link-list.tsx'
import { Picture } from './picture.tsx'

type Shape = 'picture' | 'list'

/** How the chunks of a document are linked: as a picture of what fits into one, or as a list of everything. */
export function GraphView(props: ViewProps) {
  const { editing, document, found, selected, search, onSearch } = props
  const { data: edges, error, refetch } = useQuery(documentEdgesQuery(document.document_id))
  const isWide = useMedia('(min-width: 768px)')
  const [asked, setShape] = useState<Shape>()
  const [from, setFrom] = useState<string>()
  const shape = asked ?? (isWide ? 'picture' : 'list')
  const chunks = useMemo(
    () => (found ? new Map([...editing.chunks].filter(([id]) => found.has(id))) : editing.chunks),
    [editing.chunks, found],
  )
  const drawn = useMemo(() => chooseDrawn(chunks, edges ?? [], { from }), [chunks, edges, from])
  if (error && !edges) {
    return <ErrorState title="The links could not be read" error={error} onRetry={() => void refetch()} />
  }
  if (!edges) return <LinesLoading label="Loading the links" />
  if (drawn.nodes.length === 0) {
    return isFiltered(search) ? (
      <EmptyState title="No links fit" action={<Button onClick={() => onSearch(showAll)}>Clear the filter</Button>}>
        A link is shown where both of its ends fit the filter.
      </EmptyState>
    ) : (
      <EmptyState title="Nothing is linked yet">
        Write [[the title of another chunk]] into a text, and the two are linked.
      </EmptyState>
    )
  }
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-t px-3 py-1.5 md:px-4">
        <Segmented<Shape>
          label="How links are shown"
          value={shape}
          options={[
            { value: 'picture', label: 'Picture' },
            { value: 'list', label: 'List' },
          ]}
          onChange={setShape}
        />
        <p role="status" className="min-w-0 flex-1 text-muted text-xs">
          {saidOf(drawn, shape)}
        </p>
        {shape === 'picture' && drawn.leftOut > 0 && selected && selected !== from && (
          <Button size="sm" variant="ghost" onClick={() => setFrom(selected)}>
            Around the open chunk
          </Button>
        )}
        {shape === 'picture' && from !== undefined && (
          <Button size="sm" variant="ghost" onClick={() => setFrom(undefined)}>
            Most linked
          </Button>
        )}
      </div>
      {shape === 'picture' ? (
        <Picture {...props} drawn={drawn} />
      ) : (
        <LinkList {...props} chunks={chunks} edges={edges} />
      )}
    </>
  )
}

function saidOf({ nodes, leftOut, alone }: ReturnType<typeof chooseDrawn>, shape: Shape): string {
  const rest = alone > 0 ? `, ${plural(alone, 'chunk')} without links` : ''
  if (shape === 'list' || leftOut === 0) return `${plural(nodes.length + leftOut, 'linked chunk')}${rest}`
  return `The ${mostNodes} most linked of ${nodes.length + leftOut}; the list has all of them${rest}`
}
