import type { Definition } from '../definition-text.ts'
import { type DefinitionSpec, fieldsOf, valueAt } from './field.ts'

export interface Saving {
  name: string
  /** The name is configured: what is saved is a fork of that, and can have no more than it. */
  isConfigured: boolean
  /** What it was written on; none for one that was written from nothing. */
  base: { def_id?: string; name: string; definition: Definition } | undefined
  definition: Definition
  /** What its author says is new. */
  note: string
  promote: boolean
}

export type SaveInput =
  | { op: 'create'; name: string; overlay: Definition; description?: string; promote: boolean }
  | { op: 'fork'; name: string; parent_def_id?: string; overlay: Definition; description?: string; promote: boolean }

/**
 * How a definition is saved. Whole, where the name is nobody's or was defined here; laid over what it is made of where
 * that is configured, or another one: the runtime keeps the line of those, and sees that grants only become fewer.
 */
export function saveInput(saving: Saving): SaveInput {
  const { name, base, definition, note, promote } = saving
  const rest = { name, ...(note.trim() ? { description: note.trim() } : {}), promote }
  if (!isFork(saving)) return { op: 'create', ...rest, overlay: definition }
  const overlay = { ...definition, ...emptied(base?.definition ?? {}, definition) }
  return { op: 'fork', ...rest, ...(base?.def_id ? { parent_def_id: base.def_id } : {}), overlay }
}

function isFork({ name, isConfigured, base }: Saving): boolean {
  return isConfigured || (base?.def_id !== undefined && base.name !== name)
}

/** Lists that were taken out, as empty ones, and texts as null: in a fork, what is not said stays. */
function emptied(from: Definition, to: Definition): Definition {
  const gone = Object.entries(from).filter(([key]) => to[key] === undefined || to[key] === '')
  return Object.fromEntries(
    gone.flatMap(([key, value]): [string, unknown][] =>
      Array.isArray(value) ? [[key, []]] : typeof value === 'string' ? [[key, null]] : [],
    ),
  )
}

/** What was taken out and stays all the same, since a fork can say nothing of it that would take it away. */
export function staysInFork(spec: DefinitionSpec, saving: Saving): string[] {
  const { base, definition } = saving
  if (!isFork(saving) || !base) return []
  return [...fieldsOf(spec), ...(spec.own?.parts ?? [])]
    .filter(({ path }) => {
      const was = valueAt(base.definition, path)
      const is = valueAt(definition, path)
      const isWhole = path.length > 1 && spec.whole.has(path[0])
      if (was === undefined || was === false || Array.isArray(was)) return false
      if (typeof was === 'string' && path.length === 1) return false
      if (isWhole && valueAt(definition, path.slice(0, 1)) !== undefined) return false
      return is === undefined || (was === true && is === false && path.length === 1)
    })
    .map(({ label }) => label)
}
