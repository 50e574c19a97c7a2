import { ArrowDownWideNarrow, ArrowUpNarrowWide, SlidersHorizontal } from 'lucide-react'
import { useId } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Popover } from '../../../../components/ui/popover.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import type { DocumentSearch, ViewId } from '../../model/document-search.ts'
import { type FieldSpec, humanName } from '../../model/field-chips.ts'
import { groupings, groupName } from '../../model/group.ts'
import { ChoiceList } from './choice-list.tsx'

export interface DisplayProps {
  view: ViewId
  types: ReadonlyMap<string, readonly FieldSpec[]>
  search: DocumentSearch
  onSearch: (changed: Partial<DocumentSearch>) => void
}

/** What each view takes into account. */
const asks: Partial<Record<ViewId, readonly ('group' | 'sort' | 'show')[]>> = {
  board: ['group', 'sort', 'show'],
  table: ['sort', 'show'],
}

/** How a view is to be seen: sorted, grouped, and with which fields. */
export function DisplayMenu(props: DisplayProps) {
  const isWide = useMedia('(min-width: 768px)')
  if (!asks[props.view]) return null
  if (!isWide) return <Display {...props} />
  return (
    <Popover
      label="Display"
      className="w-72 p-3"
      trigger={
        <Button size="sm" variant="ghost">
          <SlidersHorizontal aria-hidden="true" />
          Display
        </Button>
      }
    >
      <Display {...props} />
    </Popover>
  )
}

function Display({ view, types, search, onSearch }: DisplayProps) {
  const asked = asks[view] ?? []
  const fields = [...new Set([...types.values()].flatMap((specs) => specs.map(({ name }) => name)))]
  const { sort = '', order } = search
  const isDescending = order === 'desc'
  return (
    <div className="flex flex-col gap-2.5">
      {asked.includes('group') && (
        <>
          <GroupChoice
            label="Columns"
            value={search.group ?? ''}
            none="Status"
            types={types}
            onChange={(group) => onSearch({ group })}
          />
          <GroupChoice
            label="Lanes"
            value={search.lanes ?? ''}
            none="None"
            types={types}
            onChange={(lanes) => onSearch({ lanes })}
          />
        </>
      )}
      <Labelled label="Sorted by">
        {(id) => (
          <>
            <Select
              id={id}
              className="flex-1"
              value={sort}
              onChange={({ target }) => onSearch({ sort: target.value || undefined, order: undefined })}
            >
              <option value="">{view === 'board' ? 'By hand' : 'Place in the document'}</option>
              <option value="title">Title</option>
              <option value="updated_at">Last change</option>
              {view !== 'board' && <option value="status">Status</option>}
              <option value="type">Type</option>
              {fields.map((name) => (
                <option key={name} value={`field:${name}`}>
                  {humanName(name)}
                </option>
              ))}
            </Select>
            <IconButton
              label={isDescending ? 'Sorted downwards; turn round' : 'Sorted upwards; turn round'}
              disabled={sort === ''}
              onClick={() => onSearch({ order: isDescending ? undefined : 'desc' })}
            >
              {isDescending ? <ArrowDownWideNarrow /> : <ArrowUpNarrowWide />}
            </IconButton>
          </>
        )}
      </Labelled>
      {asked.includes('show') && fields.length > 0 && (
        <div className="flex min-h-0 flex-col gap-1">
          <span className="text-muted text-xs">Fields that are shown</span>
          <ChoiceList
            label="fields"
            choices={fields.map((name) => ({ value: name, label: humanName(name) }))}
            chosen={search.show ?? fields}
            onToggle={(name) => onSearch({ show: withField(fields, search.show ?? fields, name) })}
          />
        </div>
      )}
    </div>
  )
}

/** In the order in which they are declared; all of them need not be said. */
function withField(fields: readonly string[], shown: readonly string[], name: string): readonly string[] | undefined {
  const isShown = (each: string) => (each === name ? !shown.includes(each) : shown.includes(each))
  const next = [...fields, ...shown.filter((each) => !fields.includes(each))].filter(isShown)
  return next.length === fields.length ? undefined : next
}

function GroupChoice(props: {
  label: string
  value: string
  none: string
  types: DisplayProps['types']
  onChange: (value: string | undefined) => void
}) {
  const offered = groupings(props.types).filter((each) => props.none !== 'Status' || each !== 'status')
  return (
    <Labelled label={props.label}>
      {(id) => (
        <Select
          id={id}
          className="flex-1"
          value={props.value}
          onChange={({ target }) => props.onChange(target.value || undefined)}
        >
          <option value="">{props.none}</option>
          {offered.map((each) => (
            <option key={each} value={each}>
              {groupName(each)}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => React.ReactNode }) {
  const id = useId()
  return (
    <div className="flex items-center gap-2">
      <label htmlFor={id} className="w-20 shrink-0 text-muted text-xs">
        {label}
      </label>
      <span className="flex min-w-0 flex-1 items-center gap-1">{children(id)}</span>
    </div>
  )
}
