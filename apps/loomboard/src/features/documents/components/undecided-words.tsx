import { Link } from '@tanstack/react-router'
import { useStore } from '../../../lib/browser/store.ts'
import { type Undecided, undecided } from '../../../lib/undecided.ts'
import { KeptWords } from '../card/kept-words.tsx'
import { writerOf } from '../writing/writers.ts'

/** What somebody has written in documents that are not open, and has to decide about; the documents may be gone. */
export function UndecidedWords() {
  const all = useStore(undecided)
  if (all.length === 0) return null
  return (
    <section aria-label="Not saved" className="max-h-[60%] shrink-0 overflow-y-auto px-4 pt-3">
      {all.map((one) => (
        <Words key={one.chunkId} {...one} />
      ))}
    </section>
  )
}

function Words({ documentId, chunkId }: Undecided) {
  const writer = writerOf(documentId).chunk(chunkId)
  const edit = useStore(writer.state)
  if (!edit) return null
  if (edit.problem?.kind === 'gone') return <KeptWords edit={edit} onDiscard={() => writer.discard()} />
  return (
    <p className="mb-3 rounded-md border border-warn-line bg-warn-soft px-3 py-2 text-sm [overflow-wrap:anywhere]">
      What you have written in{' '}
      <Link
        to="/documents/$id"
        params={{ id: documentId }}
        search={{ card: chunkId }}
        className="text-accent-text underline underline-offset-2"
      >
        “{edit.origin?.title || 'Untitled'}”
      </Link>{' '}
      is not saved, and not lost.
    </p>
  )
}
