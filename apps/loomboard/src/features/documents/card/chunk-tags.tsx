import { Plus, X } from 'lucide-react'
import { useId, useState } from 'react'
import { mostOptions, useFirst } from '../../../components/first-of.tsx'
import { IconButton } from '../../../components/ui/icon-button.tsx'
import type { EditChunk } from '../use-edit-chunk.ts'

const longest = 100
const mostTags = 100

/** A chunk's tags, each with a way to take it off, and a field for one more. */
export function ChunkTags({ edit, known }: { edit: EditChunk; known: readonly string[] }) {
  const [typed, setTyped] = useState('')
  const list = useId()
  const tags = edit.mine('tags') as string[]
  const { first, more } = useFirst(tags, mostTags, edit.chunk.id)

  function add(): void {
    const tag = typed.trim().replace(/^#/, '')
    setTyped('')
    if (tag !== '' && !tags.includes(tag)) edit.set({ tags: [...tags, tag] })
  }
  return (
    <ul aria-label="Tags" className="flex flex-wrap items-center gap-1.5">
      {first.map((tag) => (
        <li
          key={tag}
          className="inline-flex min-h-6 max-w-full items-center gap-0.5 rounded-xl bg-hover py-0.5 pl-2 text-muted text-xs coarse:min-h-10"
        >
          <span className="min-w-0 [overflow-wrap:anywhere]">#{tag}</span>
          <IconButton
            label={`Remove the tag ${tag}`}
            size="sm"
            onClick={() => edit.set({ tags: tags.filter((each) => each !== tag) })}
            className="[&_svg]:size-3"
          >
            <X />
          </IconButton>
        </li>
      ))}
      {more && <li>{more}</li>}
      <li>
        <form
          onSubmit={(event) => {
            event.preventDefault()
            add()
          }}
          className="flex items-center text-faint"
        >
          <Plus aria-hidden="true" className="size-3.5" />
          <input
            aria-label="Add a tag"
            placeholder="Add a tag"
            list={list}
            maxLength={longest}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            onBlur={add}
            className="h-6 w-24 rounded-md bg-transparent px-1 text-text text-xs coarse:h-10"
          />
          <datalist id={list}>
            {known.slice(0, mostOptions).flatMap((tag) => (tags.includes(tag) ? [] : <option key={tag} value={tag} />))}
          </datalist>
        </form>
      </li>
    </ul>
  )
}
