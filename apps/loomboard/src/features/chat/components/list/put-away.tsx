import { Segmented } from '../../../../components/ui/segmented.tsx'
import type { ChatFilter } from '../../../../lib/queries.ts'

/** What is not in the list any more: archived to stay, or deleted and soon gone. */
export function PutAway(props: { shelf: ChatFilter['shelf']; onShelf: (shelf: ChatFilter['shelf']) => void }) {
  return (
    <div className="px-3 pt-1 pb-2">
      <Segmented
        label="Put away"
        value={props.shelf}
        options={[
          { value: 'archive', label: 'Archived' },
          { value: 'deleted', label: 'Deleted' },
        ]}
        onChange={props.onShelf}
      />
      {props.shelf === 'deleted' && <p className="pt-2 text-faint text-xs">Kept for 7 days, then gone for good.</p>}
    </div>
  )
}
