import { type ComponentProps, useState } from 'react'
import { Button } from '../../../components/ui/button.tsx'
import { type Store, useStore } from '../../../lib/browser/store.ts'
import { plural } from '../../../lib/format.ts'
import { onDemand, useOnDemand } from '../../../lib/on-demand.ts'
import type { ChangedDialog } from '../changed/changed-dialog.tsx'
import { actorName, type Marks } from '../model/changes.ts'
import type { OutlineChunk } from '../model/outline.ts'

export interface NewsProps {
  /** What happened just now. */
  news: Store<string>
  marks: Store<Marks>
  chunks: ReadonlyMap<string, OutlineChunk>
  self: string | undefined
  onOpen: (chunkId: string) => void
  onShowChanged: () => void
}

/** Who has done what to the document: just now, or else since one looked last. It takes the same room when it is empty. */
export function News({ news: told, ...props }: NewsProps) {
  const news = useStore(told)
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="flex h-7 min-w-0 flex-1 items-center justify-end overflow-hidden text-accent-text text-xs coarse:h-9">
      <p role="status" className="truncate">
        {news}
      </p>
      {(!news || isOpen) && <Changed {...props} isOpen={isOpen} setOpen={setOpen} />}
    </div>
  )
}

type ChangedProps = Omit<NewsProps, 'news'> & { isOpen: boolean; setOpen: (open: boolean) => void }

function Changed({ marks, chunks, self, onOpen, onShowChanged, isOpen, setOpen }: ChangedProps) {
  const changed = [...useStore(marks)].filter(
    ([id, { actor, gone }]) => (chunks.has(id) || gone !== undefined) && actorName(actor, self) !== 'you',
  )
  const names = [...new Set(changed.map(([, { actor }]) => actor.id))]
  if (changed.length === 0) return null
  return (
    <>
      <Button
        size="sm"
        variant="ghost"
        className="min-w-0 shrink text-accent-text text-xs"
        onClick={() => setOpen(true)}
      >
        <span className="truncate">
          {plural(changed.length, 'change')} by {names.slice(0, 2).join(', ')}
          {names.length > 2 ? ` and ${names.length - 2} more` : ''}
        </span>
      </Button>
      {isOpen && (
        <Listed
          changed={changed.sort(([, a], [, b]) => b.at - a.at)}
          chunks={chunks}
          self={self}
          onOpen={onOpen}
          onFilter={onShowChanged}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}

const dialog = onDemand(() => import('../changed/changed-dialog.tsx').then((m) => m.ChangedDialog))

function Listed(props: ComponentProps<typeof ChangedDialog>) {
  const Component = useOnDemand(dialog, true)
  return Component ? <Component {...props} /> : null
}
