import { ListFilter, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '../../../../components/ui/dropdown-menu.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Popover } from '../../../../components/ui/popover.tsx'
import { useMedia } from '../../../../lib/browser/use-media.ts'
import { cn } from '../../../../lib/cn.ts'
import type { DocumentSearch } from '../../model/document-search.ts'
import { type Condition, conditionsOf, without } from '../../model/filter/conditions.ts'
import { firstPredicate } from '../../model/filter/operators.ts'
import { isFiltered, showAll } from '../../model/filter.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { type ConditionsProps, type FilterProps, wordsOf } from './conditions-props.ts'
import { FilterSheet } from './filter-sheet.tsx'
import { SearchField } from './search-field.tsx'
import { type Properties, type Property, useProperties } from './use-properties.ts'

/** What is searched for, and a chip for each condition; on a phone the conditions are a page of their own. */
export function FilterBar(
  props: FilterProps & {
    /** How many chunks fit; undefined where all are shown. */
    found: number | undefined
    /** How the view is to be seen. */
    children?: ReactNode
  },
) {
  const { chunks, search, onSearch, found } = props
  const properties = useProperties(chunks, props.types)
  const isWide = useMedia('(min-width: 768px)')
  const conditions = conditionsOf(search)
  // A condition that has just been asked for, and says nothing yet.
  const [opened, setOpened] = useState<string>()
  const [draft, setDraft] = useState<Condition>()
  const all = draft && !conditions.some(({ key }) => key === draft.key) ? [...conditions, draft] : conditions

  function add(property: Property): void {
    const condition = toCondition(property, search)
    setDraft(condition)
    setOpened(condition.key)
    if (property.subject === 'changed') onSearch({ changed: true })
    if (condition.predicate) onSearch({ where: [...(search.where ?? []), condition.predicate] })
  }
  function remove(condition: Condition): void {
    setDraft(undefined)
    onSearch(without(search, condition))
  }
  const editing = { ...props, properties, conditions: all, onAdd: add, onRemove: remove }
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <SearchField value={search.q ?? ''} onChange={(q) => onSearch({ q: q || undefined })} />
      {isWide ? (
        <>
          {all.map((condition) => (
            <Chip
              key={condition.key}
              {...editing}
              condition={condition}
              open={opened === condition.key}
              onOpenChange={(open) => {
                setOpened(open ? condition.key : undefined)
                if (!open) setDraft(undefined)
              }}
            />
          ))}
          <FilterMenu properties={properties} onChoose={add} />
          {props.children}
        </>
      ) : (
        <FilterSheet {...editing}>{props.children}</FilterSheet>
      )}
      {isFiltered(search) && (
        <Button size="sm" variant="ghost" onClick={() => onSearch(showAll)}>
          Clear
        </Button>
      )}
      <span role="status" className="text-faint text-xs tabular-nums">
        {found !== undefined && `${found} of ${chunks.size}`}
      </span>
    </div>
  )
}

function toCondition({ subject, kind }: Property, search: DocumentSearch): Condition {
  if (!subject.startsWith('field:')) return { key: subject, subject }
  const at = search.where?.length ?? 0
  return { key: `where ${at}`, subject, at, predicate: firstPredicate(subject.slice('field:'.length), kind) }
}

function Chip(props: ConditionsProps & { condition: Condition; open: boolean; onOpenChange: (open: boolean) => void }) {
  const { condition, open, onOpenChange, onRemove } = props
  const words = wordsOf(props, condition)
  return (
    <span className="inline-flex h-7 max-w-72 items-center rounded-md bg-accent-soft text-accent-text">
      <Popover
        open={open}
        onOpenChange={onOpenChange}
        label={words}
        trigger={
          <button
            type="button"
            className="h-full min-w-0 truncate rounded-l-md pr-1 pl-2 text-sm -outline-offset-2 hover:underline"
          >
            {words}
          </button>
        }
      >
        <ConditionEditor {...props} />
      </Popover>
      <IconButton
        label={`Remove the filter ${words}`}
        size="sm"
        onClick={() => onRemove(condition)}
        className="text-accent-text [&_svg]:size-3.5"
      >
        <X />
      </IconButton>
    </span>
  )
}

function FilterMenu({ properties, onChoose }: { properties: Properties; onChoose: (property: Property) => void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button size="sm" variant="ghost">
          <ListFilter aria-hidden="true" />
          Filter
        </Button>
      </MenuTrigger>
      <MenuContent
        align="start"
        className="max-h-80 overflow-y-auto"
        // The chip that comes takes the focus.
        onCloseAutoFocus={(event) => event.preventDefault()}
      >
        {properties.all.map((property) => (
          <MenuItem
            key={property.subject}
            onSelect={() => setTimeout(() => onChoose(property))}
            className={cn(property.subject === 'edge' && 'mt-1 border-t pt-2')}
          >
            {property.name}
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  )
}
