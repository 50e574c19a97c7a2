import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'
import { Play, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useState } from 'react'
import { EmptyState } from '../../../../components/empty-state.tsx'
import { LinesLoading } from '../../../../components/lines-loading.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Segmented } from '../../../../components/ui/segmented.tsx'
import { Textarea } from '../../../../components/ui/textarea.tsx'
import { client } from '../../../../lib/client.ts'
import { describeError } from '../../../../lib/describe-error.ts'
import { plural } from '../../../../lib/format.ts'
import type { ViewProps } from '../../views/view.ts'
import { QueryCards } from './query-cards.tsx'
import { QueryTable } from './query-table.tsx'
import { chunkColumn } from './result.ts'

const answerQuery = (sql: string) =>
  queryOptions({
    queryKey: ['sql', sql],
    queryFn: ({ signal }) => client.document({ op: 'query_chunks', sql }, { signal }),
    placeholderData: keepPreviousData,
    // Whoever was refused changes the question.
    retry: false,
    refetchOnWindowFocus: false,
  })

type Shape = 'table' | 'cards'

/** A question in SQL about the documents, which reads and changes nothing, and its answer. */
export function QueryPanel(
  props: Pick<ViewProps, 'editing' | 'types' | 'selected' | 'search' | 'onSearch' | 'onOpen'>,
) {
  const { editing, search, onSearch } = props
  const { sql = '' } = search
  const [typed, setTyped] = useState(sql)
  const [shape, setShape] = useState<Shape>('table')
  useEffect(() => setTyped(sql), [sql])
  const { data, error, isFetching, refetch } = useQuery({ ...answerQuery(sql), enabled: sql !== '' })
  const { columns = [], rows = [], truncated = false } = data ?? {}
  const ids = chunkColumn(rows, (id) => editing.chunks.has(id))

  function run(): void {
    if (typed.trim() === sql) void refetch()
    else if (typed.trim() !== '') onSearch({ sql: typed.trim() })
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    run()
  }
  return (
    <section aria-label="Question in SQL" className="flex min-h-0 flex-1 flex-col border-t">
      <div className="flex shrink-0 flex-col gap-1.5 px-3 py-2 md:px-4">
        <Textarea
          aria-label="SQL"
          rows={Math.min(Math.max(typed.split('\n').length, 3), 8)}
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={onKeyDown}
          className="resize-y font-mono text-sm"
        />
        <div className="flex flex-wrap items-center gap-2">
          <Button size="sm" variant="primary" onClick={run}>
            <Play aria-hidden="true" />
            Ask
          </Button>
          <p role="status" className="min-w-0 flex-1 text-muted text-xs">
            {isFetching
              ? 'Asking…'
              : data && !error
                ? `${plural(rows.length, 'row')}${truncated ? ', and there are more' : ''}`
                : 'One SELECT over documents, chunks, chunk_edges, chunk_types and chunk_tags.'}
          </p>
          {ids !== undefined && !error && (
            <Segmented<Shape>
              label="How the answer is shown"
              value={shape}
              options={[
                { value: 'table', label: 'Table' },
                { value: 'cards', label: 'Cards' },
              ]}
              onChange={setShape}
            />
          )}
          <IconButton label="Close the question" onClick={() => onSearch({ sql: undefined })}>
            <X />
          </IconButton>
        </div>
      </div>
      {error ? (
        <Refused error={error} />
      ) : !data ? (
        isFetching && <LinesLoading label="Asking" />
      ) : rows.length === 0 ? (
        <EmptyState title="Nothing fits">The question was understood; no row answers it.</EmptyState>
      ) : ids !== undefined && shape === 'cards' ? (
        <QueryCards {...props} ids={rows.map((row) => String(row[ids]))} />
      ) : (
        <QueryTable {...props} columns={columns} rows={rows} ids={ids} />
      )}
    </section>
  )
}

function Refused({ error }: { error: unknown }) {
  const { reason, hint } = describeError(error)
  return (
    <p
      role="alert"
      className="mx-3 rounded-md bg-danger-soft px-3 py-2 text-danger text-sm [overflow-wrap:anywhere] md:mx-4"
    >
      {reason} {hint}
    </p>
  )
}
