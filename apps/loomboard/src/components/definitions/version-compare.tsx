import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useId } from 'react'
import { ErrorState } from '../error-state.tsx'
import { LineDiff } from '../line-diff.tsx'
import { LinesLoading } from '../lines-loading.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Select } from '../ui/select.tsx'
import { unifiedDiff } from '../unified-diff.ts'
import { inOrder, toText } from './definition-text.ts'
import { type Entry, type Family, type Version, versionQuery } from './queries.ts'

export interface VersionCompareProps {
  family: Family
  entry: Entry
  /** Those that have been read; another one is asked for. */
  versions: readonly Version[]
  compare: readonly [from: string, to: string]
  onCompare: (compare: readonly [from: string, to: string] | undefined) => void
}

/** Two versions, line by line. */
export function VersionCompare({ family, entry, versions, compare: [from, to], onCompare }: VersionCompareProps) {
  const was = useSide(family, entry, versions, from)
  const is = useSide(family, entry, versions, to)
  const failed = was.error ?? is.error
  const choices = (
    <>
      {versions.map(({ def_id, version }) => (
        <option key={def_id} value={def_id}>
          Version {version}
        </option>
      ))}
      {entry.static_definition && <option value="configured">As configured</option>}
    </>
  )
  return (
    <section aria-label="Comparison" className="mt-4">
      <div className="mb-2 flex flex-wrap items-center gap-2 text-muted text-sm">
        <Side label="From" value={from} name={was.name} onChange={(id) => onCompare([id, to])}>
          {choices}
        </Side>
        <Side label="to" value={to} name={is.name} onChange={(id) => onCompare([from, id])}>
          {choices}
        </Side>
        <IconButton label="Close the comparison" size="sm" className="ml-auto" onClick={() => onCompare(undefined)}>
          <X />
        </IconButton>
      </div>
      {failed ? (
        <ErrorState title="They could not be compared" error={failed} />
      ) : was.text === undefined || is.text === undefined ? (
        <LinesLoading label="Loading versions" />
      ) : was.text === is.text ? (
        <p className="px-1 text-muted text-sm">They say the same.</p>
      ) : (
        <LineDiff diff={unifiedDiff(was.text, is.text)} />
      )}
    </section>
  )
}

function Side(props: {
  label: string
  value: string
  /** What it is called where it is not among the choices. */
  name: string | undefined
  onChange: (id: string) => void
  children: React.ReactNode
}) {
  const id = useId()
  return (
    <span className="inline-flex items-center gap-2">
      <label htmlFor={id}>{props.label}</label>
      <Select id={id} value={props.value} onChange={(event) => props.onChange(event.target.value)}>
        {props.name !== undefined && <option value={props.value}>{props.name}</option>}
        {props.children}
      </Select>
    </span>
  )
}

interface SideOf {
  text?: string
  name?: string
  error?: Error | null
}

function useSide(family: Family, entry: Entry, versions: readonly Version[], id: string): SideOf {
  const known = versions.find(({ def_id }) => def_id === id)
  const isElsewhere = id !== 'configured' && id !== 'nothing' && !known
  const { data, error } = useQuery({ ...versionQuery(family, id), enabled: isElsewhere })
  if (known) return { text: toText(inOrder(known.definition)) }
  if (id === 'configured') return { text: toText(inOrder(entry.static_definition ?? {})) }
  if (id === 'nothing') return { text: '', name: 'Nothing' }
  if (!data) return { name: 'Another version', error }
  return {
    text: toText(inOrder(data.definition)),
    name: `${data.name === entry.name ? '' : `${data.name}, `}Version ${data.version}`,
  }
}
