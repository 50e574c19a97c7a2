import { EmptyState } from '../../../../components/empty-state.tsx'
import { Button } from '../../../../components/ui/button.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { isFiltered, showAll } from '../../model/filter.ts'
import type { ViewProps } from '../view.ts'
import { Grid } from './grid.tsx'
import { Lines } from './lines.tsx'

/** The chunks of a document as rows, their fields as columns, to be written in like a sheet; on a phone as lines. */
export function TableView(props: ViewProps) {
  const isWide = useMedia('(min-width: 768px)')
  const { search, found, editing, document, onSearch, onAdd } = props
  if (isFiltered(search) && found?.size === 0) {
    return (
      <EmptyState title="No chunk fits" action={<Button onClick={() => onSearch(showAll)}>Clear the filter</Button>}>
        Other words or another filter may find it.
      </EmptyState>
    )
  }
  if (editing.chunks.size <= 1) {
    const root = document.root_chunk_id
    return (
      <EmptyState title="No rows yet" action={<Button onClick={() => onAdd('inside', root)}>Add a chunk</Button>}>
        Each chunk of the document is a row, and its fields are the columns.
      </EmptyState>
    )
  }
  return isWide ? <Grid {...props} /> : <Lines {...props} />
}
