import { useMemo } from 'react'
import { inWords } from '../../../../lib/json-text.ts'
import { type FieldSpec, humanName } from '../../model/field-chips.ts'
import type { Subject } from '../../model/filter/conditions.ts'
import { kindOfValue } from '../../model/filter/filter-chunks.ts'
import { countBy, type OutlineChunk } from '../../model/outline.ts'
import type { Choice } from './choice-list.tsx'

/** Something that chunks can be filtered by. */
export interface Property {
  subject: Subject
  name: string
  /** Of a field. */
  kind: string
}

export interface Properties {
  all: readonly Property[]
  kindOf(field: string): string
  /** What there is to choose from, the commonest first; looked up when somebody asks. */
  choicesOf(subject: Subject): Choice[]
}

/** What a document can be filtered by. */
export function useProperties(
  chunks: ReadonlyMap<string, OutlineChunk>,
  types: ReadonlyMap<string, readonly FieldSpec[]>,
): Properties {
  return useMemo(() => {
    const fields = fieldsOf(chunks, types)
    const own: Property[] = [
      { subject: 'status', name: 'Status', kind: 'select' },
      { subject: 'type', name: 'Type', kind: 'select' },
      { subject: 'tags', name: 'Tag', kind: 'select' },
    ]
    const others: Property[] = [
      { subject: 'edge', name: 'Linked with', kind: 'edge' },
      { subject: 'changed', name: 'Changed since I looked', kind: 'changed' },
    ]
    const declared = [...fields].map(
      ([name, { kind }]): Property => ({ subject: `field:${name}`, name: humanName(name), kind }),
    )
    return {
      all: [...own, ...declared, ...others],
      kindOf: (field) => fields.get(field)?.kind ?? 'text',
      choicesOf: (subject) => choicesOf(subject, chunks, fields),
    }
  }, [chunks, types])
}

function fieldsOf(
  chunks: ReadonlyMap<string, OutlineChunk>,
  types: ReadonlyMap<string, readonly FieldSpec[]>,
): ReadonlyMap<string, { kind: string; options: readonly string[] }> {
  const fields = new Map<string, { kind: string; options: readonly string[] }>()
  for (const specs of types.values()) {
    for (const { name, kind, options } of specs) {
      const known = fields.get(name)
      fields.set(name, { kind: known?.kind ?? kind, options: [...(known?.options ?? []), ...options] })
    }
  }
  for (const { fields: given = {}, type } of chunks.values()) {
    if (type?.startsWith('loom/')) continue
    for (const name in given) {
      const value = given[name]
      if (!fields.has(name) && typeof value !== 'object') fields.set(name, { kind: kindOfValue(value), options: [] })
    }
  }
  return fields
}

function choicesOf(
  subject: Subject,
  chunks: ReadonlyMap<string, OutlineChunk>,
  fields: ReturnType<typeof fieldsOf>,
): Choice[] {
  const field = subject.startsWith('field:') ? subject.slice('field:'.length) : undefined
  const counted = countBy(chunks, (chunk) => valuesOf(chunk, subject, field))
  const counts = new Map(counted.map(({ value, count }) => [value, count]))
  const options = field === undefined ? [] : (fields.get(field)?.options ?? [])
  const values = new Set([...options, ...counts.keys()])
  const none: Choice[] =
    field === undefined ? [{ value: '', label: subject === 'tags' ? 'No tag' : `No ${subject}` }] : []
  return [...[...values].map((value) => ({ value, label: value, count: counts.get(value) ?? 0 })), ...none]
}

function valuesOf(chunk: OutlineChunk, subject: Subject, field: string | undefined): string[] {
  if (field !== undefined) {
    const value = chunk.fields?.[field]
    if (value === undefined || value === null || value === '') return []
    return Array.isArray(value) ? value.map(inWords) : [inWords(value)]
  }
  if (subject === 'tags') return chunk.tags ?? []
  const value = subject === 'status' ? chunk.status : chunk.type
  return value ? [value] : []
}
