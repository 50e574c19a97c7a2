import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { mostOptions } from '../../../components/first-of.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { cn } from '../../../lib/cn.ts'
import { useShortcut } from '../../../lib/shortcuts.ts'
import { type DocumentSearch, isFiltered, showAll } from '../model/filter.ts'
import { type Count, countBy, type OutlineChunk } from '../model/outline.ts'

export interface FilterBarProps {
  chunks: ReadonlyMap<string, OutlineChunk>
  search: DocumentSearch
  onSearch: (changed: Partial<DocumentSearch>) => void
  /** How many chunks fit; undefined where all are shown. */
  found: number | undefined
}

const typingPause = 200

export function FilterBar({ chunks, search, onSearch, found }: FilterBarProps) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <SearchField value={search.q ?? ''} onChange={(q) => onSearch({ q: q || undefined })} />
      <Choice
        label="Status"
        counts={countBy(chunks, ({ status }) => (status ? [status] : []))}
        value={search.status}
        onChange={(status) => onSearch({ status })}
      />
      <Choice
        label="Type"
        counts={countBy(chunks, ({ type }) => (type ? [type] : []))}
        value={search.type}
        onChange={(type) => onSearch({ type })}
      />
      <Choice
        label="Tag"
        counts={countBy(chunks, ({ tags }) => tags ?? [])}
        value={search.tag}
        onChange={(tag) => onSearch({ tag })}
      />
      {isFiltered(search) && (
        <Button size="sm" variant="ghost" onClick={() => onSearch(showAll)}>
          <X aria-hidden="true" />
          Show all
        </Button>
      )}
      <span role="status" className="text-faint text-xs tabular-nums">
        {found !== undefined && `${found} of ${chunks.size}`}
      </span>
    </div>
  )
}

/** What is typed goes into the address when somebody stops typing. */
function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  useShortcut('/', () => field.current?.focus())
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onChange(typed.trim()), typingPause)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <label className="relative w-full sm:w-60">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={field}
        type="search"
        aria-label="Search in this document"
        placeholder="Search in this document"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-bg pr-7 pl-7 text-sm -outline-offset-1 coarse:h-10 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <IconButton
          label="Clear the search"
          size="sm"
          className="absolute top-1/2 right-1 -translate-y-1/2"
          onClick={() => setTyped('')}
        >
          <X />
        </IconButton>
      )}
    </label>
  )
}

function Choice(props: {
  label: string
  counts: readonly Count[]
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const { label, counts, value } = props
  if (counts.length === 0 && !value) return null
  const offered = counts.slice(0, mostOptions)
  const chosen = counts.find((count) => count.value === value)
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={(event) => props.onChange(event.target.value || undefined)}
      className={cn('max-w-44 flex-1 sm:flex-none', value === undefined ? 'text-muted' : 'text-text')}
    >
      <option value="">{label}: any</option>
      {offered.map((count) => (
        <option key={count.value} value={count.value}>
          {count.value} ({count.count})
        </option>
      ))}
      {value !== undefined && !(chosen && offered.includes(chosen)) && (
        <option value={value}>
          {value} ({chosen?.count ?? 0})
        </option>
      )}
    </Select>
  )
}
