import type { ComponentType } from 'react'
import type { Definition } from '../definition-text.ts'
import type { Family } from '../queries.ts'
import type { FieldProblem } from './field-problem.ts'

export type FieldKind =
  | { is: 'text' }
  | { is: 'long'; language: 'markdown' | 'plain'; hint: string }
  | { is: 'number'; min?: number; max?: number; step?: number }
  | { is: 'flag' }
  | { is: 'choice'; of: readonly string[] }
  | { is: 'choices'; of: readonly (readonly [value: string, words: string])[] }
  /** Names; `of` says what there is to choose from. */
  | { is: 'names'; of?: Catalogue }
  | { is: 'provider' }
  | { is: 'model' }

/** Where the names come from that a field may have. */
export type Catalogue = 'skills' | 'volumes'

export interface Field {
  path: readonly [string, ...string[]]
  label: string
  /** What it means, and what holds where nothing is said. */
  hint: string
  kind: FieldKind
}

export interface FieldGroup {
  id: string
  title: string
  hint?: string
  fields: readonly Field[]
}

/** What is said of one family alone, and is written in a way of its own. */
export interface OwnPane {
  /** What its way of writing is called beside the text. */
  words: string
  /** Keys of the definition that are written here. */
  parts: readonly { path: readonly [string]; label: string }[]
  Pane: ComponentType<OwnPaneProps>
  /** What is to be seen of it all, beside it. */
  Picture: ComponentType<OwnPaneProps>
  /** What is wrong with it as it stands; told while somebody writes. */
  useProblems: (definition: Definition | undefined) => readonly FieldProblem[]
}

export interface OwnPaneProps {
  text: string
  definition: Definition
  problems: readonly FieldProblem[]
  onText: (text: string) => void
  /** Goes to where this is written, wherever somebody writes just now. */
  onShow: (path: readonly string[]) => void
}

/** What can be said of agents, of skills, or of teams. */
export interface DefinitionSpec {
  family: Family
  /** In the order in which one thinks of it. */
  groups: readonly FieldGroup[]
  /** What files of other versions say; it is kept, and nothing comes of it here. */
  kept: ReadonlySet<string>
  /** Groups of values of which each version says all or nothing. */
  whole: ReadonlySet<string>
  own?: OwnPane
}

export function fieldsOf({ groups }: Pick<DefinitionSpec, 'groups'>): Field[] {
  return groups.flatMap(({ fields }) => fields)
}

/** The keys that no field shows, and that stand in the text alone. */
export function otherKeys(spec: DefinitionSpec, definition: Definition): { kept: string[]; unknown: string[] } {
  const known = new Set([...fieldsOf(spec), ...(spec.own?.parts ?? [])].map(({ path: [first] }) => first))
  const others = Object.keys(definition).filter((key) => !known.has(key))
  return { kept: others.filter((key) => spec.kept.has(key)), unknown: others.filter((key) => !spec.kept.has(key)) }
}

export function valueAt(definition: Definition, path: readonly string[]): unknown {
  let at: unknown = definition
  for (const key of path) {
    if (!at || typeof at !== 'object' || Array.isArray(at) || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}

export const field = (path: string, label: string, hint: string, kind: FieldKind): Field => ({
  path: path.split('.') as [string, ...string[]],
  label,
  hint,
  kind,
})
