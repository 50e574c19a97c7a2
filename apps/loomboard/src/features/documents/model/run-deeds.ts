import type { ChangeActor, DocumentChange } from '@loomcycle/client'

export interface Deed {
  id: string
  title: string
  what: 'added' | 'changed' | 'moved' | 'deleted'
}

/** What a run has done to the chunks of a document: what can be taken back, and what others have changed since. */
export interface RunDeeds {
  taken: readonly Deed[]
  kept: readonly (Deed & { by: ChangeActor })[]
}

const verbs: Record<string, Deed['what']> = {
  create_chunk: 'added',
  delete_chunk: 'deleted',
  move_chunk: 'moved',
  move_card: 'moved',
}

/** `own` is what it did, oldest first; `all` is what was done to the document from then on, by whomever. */
export function runDeeds(own: readonly DocumentChange[], all: readonly DocumentChange[]): RunDeeds {
  const byChunk = Map.groupBy(
    own.filter(({ chunk_id, op }) => chunk_id !== undefined && op !== 'link_chunks' && op !== 'unlink_chunks'),
    ({ chunk_id }) => chunk_id!,
  )
  const taken: Deed[] = []
  const kept: (Deed & { by: ChangeActor })[] = []
  for (const [id, changes] of byChunk) {
    const deed = { id, title: changes.findLast(({ title }) => title)?.title || 'Untitled', what: whatOf(changes) }
    const { seq, actor } = changes.at(-1)!
    const other = all.find(
      (change) => change.chunk_id === id && change.seq > seq && change.actor.run_id !== actor.run_id,
    )
    if (other) kept.push({ ...deed, by: other.actor })
    else taken.push(deed)
  }
  return { taken, kept }
}

function whatOf(changes: readonly DocumentChange[]): Deed['what'] {
  const done = changes.map(({ op }) => verbs[op] ?? 'changed')
  if (done.includes('deleted')) return 'deleted'
  if (done.includes('added')) return 'added'
  return done.every((each) => each === 'moved') ? 'moved' : 'changed'
}
