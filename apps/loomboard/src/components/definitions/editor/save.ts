import type { Definition } from '../definition-text.ts'
import { type DefinitionSpec, fieldsOf, valueAt } from './field.ts'

export interface Saving {
  name: string
  /** The name is configured: what is saved is a fork of that, and can have no more than it. */
  isConfigured: boolean
  /** What it was written on; none for one that was written from nothing. */
  base: { def_id?: string; name: string; definition: Definition } | undefined
  /** The version of the name that is in use, over which the runtime lays a fork of what is configured. */
  inUse: { def_id: string; definition: Definition } | undefined
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
  const { name, definition, note, promote } = saving
  const rest = { name, ...(note.trim() ? { description: note.trim() } : {}), promote }
  if (!isFork(saving)) return { op: 'create', ...rest, overlay: definition }
  const below = belowFork(saving)
  const overlay = { ...definition, ...emptied(below?.definition ?? {}, definition) }
  return { op: 'fork', ...rest, ...(below?.def_id ? { parent_def_id: below.def_id } : {}), overlay }
}

/** What a fork is laid over: the version it was written on, or else the one in use, whoever saved that meanwhile. */
function belowFork({ base, inUse }: Saving): { def_id?: string; definition: Definition } | undefined {
  return base?.def_id ? base : (inUse ?? base)
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
  const { definition } = saving
  const below = belowFork(saving)
  if (!isFork(saving) || !below) return []
  return [...fieldsOf(spec), ...(spec.own?.parts ?? [])]
    .filter(({ path }) => {
      const was = valueAt(below.definition, path)
      const is = valueAt(definition, path)
      const isWhole = path.length > 1 && spec.whole.has(path[0])
      if (was === undefined || was === false || Array.isArray(was)) return false
      if (typeof was === 'string' && path.length === 1) return false
      if (isWhole && valueAt(definition, path.slice(0, 1)) !== undefined) return false
      return is === undefined || (was === true && is === false && path.length === 1)
    })
    .map(({ label }) => label)
}
