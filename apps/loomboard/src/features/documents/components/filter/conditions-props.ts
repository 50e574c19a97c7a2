import type { DocumentSearch } from '../../model/document-search.ts'
import type { FieldSpec } from '../../model/field-chips.ts'
import { type Condition, conditionInWords } from '../../model/filter/conditions.ts'
import type { OutlineChunk } from '../../model/outline.ts'
import type { Properties, Property } from './use-properties.ts'

export interface FilterProps {
  chunks: ReadonlyMap<string, OutlineChunk>
  types: ReadonlyMap<string, readonly FieldSpec[]>
  search: DocumentSearch
  onSearch: (changed: Partial<DocumentSearch>) => void
}

/** The conditions that hold, and one that is being asked for. */
export type ConditionsProps = FilterProps & {
  properties: Properties
  conditions: readonly Condition[]
  onAdd: (property: Property) => void
  onRemove: (condition: Condition) => void
}

export function wordsOf(
  { search, chunks, properties }: Pick<ConditionsProps, 'search' | 'chunks' | 'properties'>,
  condition: Condition,
): string {
  const known = { kindOf: properties.kindOf, titleOf: (id: string) => chunks.get(id)?.title }
  return conditionInWords(search, condition, known)
}
