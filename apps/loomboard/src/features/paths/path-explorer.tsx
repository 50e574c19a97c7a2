import { useQueries } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { ErrorState } from '../../components/error-state.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { TreeView } from '../../components/tree/tree-view.tsx'
import { EntryIcon, kindWords } from './entry-icon.tsx'
import { NothingYet } from './nothing-yet.tsx'
import { foldersTo, toPathRows } from './path-tree.ts'
import { folderQuery } from './queries.ts'

/** The tree of names; a folder is read when it is opened. */
export function PathExplorer({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([...foldersTo(path), path]))
  useEffect(() => setOpen((known) => new Set([...known, ...foldersTo(path)])), [path])
  const folders = useMemo(() => [...new Set(['/', ...open])], [open])
  const answers = useQueries({ queries: folders.map((folder) => folderQuery(folder)) })
  const known = new Map(folders.map((folder, i) => [folder, answers[i]?.data]))
  const rows = toPathRows((folder) => known.get(folder), open)
  const root = answers[0]
  const failed = answers.find(({ error, data }) => error && !data)

  if (root?.isPending) return <LinesLoading label="Loading the documents" />
  if (failed) {
    return (
      <ErrorState
        title="The documents could not be loaded"
        error={failed.error}
        onRetry={() => void Promise.all(answers.map(({ refetch }) => refetch()))}
      />
    )
  }
  if (rows.length === 0) return <NothingYet />
  return (
    <TreeView
      label="Documents"
      rows={rows}
      selected={path}
      onSelect={(row) => {
        if (row.expanded !== undefined) toggle(row.id, row.id === path ? !row.expanded : true)
        onOpen(row.id)
      }}
      onToggle={(row, expanded) => toggle(row.id, expanded)}
      rowClassName="h-8 coarse:h-11"
      className="min-h-0 flex-1 px-2 pb-4"
    >
      {({ entry, expanded }) => (
        <span className="flex min-w-0 flex-1 items-center gap-2 text-sm">
          <EntryIcon kind={entry.kind} open={expanded === true} />
          <span className="truncate">{entry.name}</span>
          <span className="sr-only">{kindWords[entry.kind]}</span>
        </span>
      )}
    </TreeView>
  )

  function toggle(folder: string, expanded: boolean): void {
    setOpen((known) => {
      const next = new Set(known)
      if (expanded) next.add(folder)
      else next.delete(folder)
      return next
    })
  }
}
