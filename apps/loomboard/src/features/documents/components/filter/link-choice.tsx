import { fold } from '@loomcycle/proto/wire'
import { useMemo, useState } from 'react'
import { Input } from '../../../../components/ui/input.tsx'
import { cn } from '../../../../lib/cn.ts'
import type { OutlineChunk } from '../../model/outline.ts'

const most = 20

/** Finds the chunk whose neighbours are looked for. */
export function LinkChoice(props: {
  chunks: ReadonlyMap<string, OutlineChunk>
  chosen: string | undefined
  onChoose: (id: string) => void
}) {
  const { chunks, chosen, onChoose } = props
  const [typed, setTyped] = useState('')
  const shown = useMemo(() => {
    const words = fold(typed.trim())
    const found: OutlineChunk[] = []
    for (const chunk of chunks.values()) {
      if (found.length >= most) break
      if (!chunk.type?.startsWith('loom/') && fold(chunk.title).includes(words)) found.push(chunk)
    }
    return found
  }, [chunks, typed])
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <Input
        aria-label="Find a chunk"
        placeholder="Find a chunk…"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 text-sm"
      />
      {shown.length === 0 && <p className="px-1 py-2 text-muted text-sm">No chunk is called that.</p>}
      <ul aria-label="Chunks" className="min-h-0 overflow-y-auto">
        {shown.map(({ id, title }) => (
          <li key={id}>
            <button
              type="button"
              aria-pressed={id === chosen}
              onClick={() => onChoose(id)}
              className={cn(
                'block min-h-8 w-full truncate rounded-md px-1.5 text-left text-sm -outline-offset-2 hover:bg-hover coarse:min-h-11',
                id === chosen && 'bg-accent-soft text-accent-text',
              )}
            >
              {title || 'Untitled'}
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
