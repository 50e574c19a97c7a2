import type { RunnableAgent } from '@loomcycle/client'
import { definitionInUse, type Entry } from '../../../components/definitions/queries.ts'
import { type Origin, originOf } from '../../../components/definitions/words.ts'
import { modelLine } from './grants.ts'
import type { Shelf } from './shelves.ts'

/** An agent as a line of the library. */
export interface AgentLine {
  entry: Entry
  name: string
  description: string
  origin: Origin
  model: string
  isDefault: boolean
  /** Whoever looks may start it. */
  isRunnable: boolean
}

export const shelfWords: Record<Shelf, string> = {
  all: 'All',
  configured: 'Configured',
  made: 'Made here',
  lacking: 'Lacks something',
}

/** Agents that are put together for one conversation are in no list. */
export function toLines(entries: readonly Entry[], runnable: readonly RunnableAgent[] | undefined): AgentLine[] {
  const known = new Map(runnable?.map((agent) => [agent.name, agent]))
  return entries.map((entry) => {
    const definition = definitionInUse(entry)
    const started = known.get(entry.name)
    return {
      entry,
      name: entry.name,
      description: typeof definition.description === 'string' ? definition.description : '',
      origin: originOf(entry),
      model: started?.scripted ? 'Scripted' : modelLine(definition),
      isDefault: started?.default === true,
      isRunnable: runnable === undefined || started !== undefined,
    }
  })
}

/** Those of a shelf that have all of these words in their name, their description, their model or a tool. */
export function fitting(lines: readonly AgentLine[], shelf: Shelf, search: string): AgentLine[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return lines.filter((line) => {
    if (!isOnShelf(line, shelf)) return false
    const { tools } = definitionInUse(line.entry)
    const said = [line.name, line.description, line.model, ...(Array.isArray(tools) ? tools : [])]
      .join(' ')
      .toLowerCase()
    return words.every((word) => said.includes(word))
  })
}

function isOnShelf({ entry, origin }: AgentLine, shelf: Shelf): boolean {
  if (shelf === 'lacking') return (entry.lacks?.length ?? 0) > 0
  if (shelf === 'made') return origin === 'made' || origin === 'changed'
  return shelf === 'all' || origin !== 'made'
}
