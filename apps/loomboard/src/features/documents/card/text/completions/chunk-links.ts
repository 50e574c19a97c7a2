import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete'
import type { EditorView } from '@codemirror/view'

/** A chunk that can be linked to. */
export interface Linkable {
  id: string
  title: string
  /** Where it stands, where that is not here. */
  where?: string
}

export interface LinkSources {
  /** Of this document. */
  here(): Iterable<Linkable>
  /** Of all documents, by what is in them. */
  elsewhere(query: string, signal: AbortSignal): Promise<readonly Linkable[]>
}

const mostHere = 50
const shortest = 2

/** Offers chunks after `[[`: those of this document at once, those of others as they are found. */
export function chunkLinks({ here, elsewhere }: LinkSources) {
  const offer = async (
    context: CompletionContext,
    typed: { from: number; text: string },
  ): Promise<CompletionResult> => {
    const query = typed.text.slice(2).trim().toLowerCase()
    const own: Linkable[] = []
    const times = new Map<string, number>()
    for (const chunk of here()) {
      const key = chunk.title.trim().toLowerCase()
      times.set(key, (times.get(key) ?? 0) + 1)
      if (key !== '' && key.includes(query) && own.length < mostHere) own.push(chunk)
    }
    const abort = new AbortController()
    context.addEventListener('abort', () => abort.abort())
    const found = query.length < shortest ? [] : await elsewhere(query, abort.signal).catch(() => [])
    const known = new Set(own.map(({ id }) => id))
    const all = [...own, ...found.filter(({ id }) => !known.has(id))]
    const options = all.map((chunk): Completion => {
      // A title leads to one chunk; where others are called the same, or it is elsewhere, the id does.
      const isPlain =
        !chunk.where && times.get(chunk.title.trim().toLowerCase()) === 1 && !/[[\]|\r\n]/.test(chunk.title)
      const target = isPlain ? chunk.title : `${chunk.id}|${chunk.title.replace(/[[\]\r\n]/g, ' ')}`
      return { label: chunk.title || 'Untitled', detail: chunk.where ?? '', apply: linking(target) }
    })
    return { from: typed.from + 2, options, filter: false }
  }
  // Said at once where there is nothing to link: other menus do not wait for it.
  return (context: CompletionContext): Promise<CompletionResult> | null => {
    const typed = context.matchBefore(/\[\[[^[\]\r\n|]{0,100}$/)
    return typed && offer(context, typed)
  }
}

/** Closes the brackets, where they are not closed already. */
function linking(target: string) {
  return (view: EditorView, _: Completion, from: number, to: number) => {
    const isClosed = view.state.sliceDoc(to, to + 2) === ']]'
    const insert = isClosed ? target : `${target}]]`
    view.dispatch({
      changes: { from, to, insert },
      selection: { anchor: from + target.length + 2 },
      userEvent: 'input.complete',
    })
  }
}
