import { type FieldSpec, fieldChips } from '../model/field-chips.ts'
import type { OutlineChunk } from '../model/outline.ts'
import { Chip } from './field-chips.tsx'
import { Status } from './status.tsx'

export interface ChunkFactsProps {
  chunk: OutlineChunk
  types: ReadonlyMap<string, readonly FieldSpec[]>
  isDone: boolean
  now: number
  /** The fields to be shown; all where it is not said. */
  show?: readonly string[] | undefined
  most?: number
}

const noFields: never[] = []

/** What a chunk is, where it stands in a list: its status and its fields. */
export function ChunkFacts({ chunk, types, isDone, now, show, most }: ChunkFactsProps) {
  const specs = types.get(chunk.type ?? '') ?? noFields
  const chips = fieldChips(chunk.fields, specs, { now, done: isDone })
  return (
    <span className="flex w-full flex-wrap items-center gap-x-1.5 gap-y-1 empty:hidden">
      {chunk.status && <Status status={chunk.status} isDone={isDone} />}
      {chips
        .filter(({ name }) => !show || show.includes(name))
        .slice(0, most)
        .map((chip) => (
          <Chip key={chip.name} chip={chip} />
        ))}
    </span>
  )
}
