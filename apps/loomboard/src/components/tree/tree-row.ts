/** A line of a tree, as it stands in the list of all lines that are to be seen. */
export interface TreeRow {
  id: string
  /** What typing finds. */
  label: string
  /** From 1. */
  level: number
  /** Undefined where there is nothing below. */
  expanded?: boolean
  parentId?: string
  /** Place among its siblings, from 1, and how many they are. */
  place: number
  count: number
}

export type TreeAction = { kind: 'go' | 'open' | 'close' | 'choose'; id: string }

/** What a key means where `active` is the line one is on; undefined for keys that mean nothing to a tree. */
export function treeAction(rows: readonly TreeRow[], active: string | undefined, key: string): TreeAction | undefined {
  const at = rows.findIndex(({ id }) => id === active)
  const row = rows[at]
  const go = (target: TreeRow | undefined): TreeAction | undefined => target && { kind: 'go', id: target.id }
  switch (key) {
    case 'ArrowDown':
      return go(rows[Math.min(at + 1, rows.length - 1)])
    case 'ArrowUp':
      return go(rows[Math.max(at - 1, 0)])
    case 'Home':
      return go(rows[0])
    case 'End':
      return go(rows.at(-1))
    case 'PageDown':
      return go(rows[Math.min(at + 10, rows.length - 1)])
    case 'PageUp':
      return go(rows[Math.max(at - 10, 0)])
    case 'ArrowRight':
      if (row?.expanded === undefined) return undefined
      if (!row.expanded) return { kind: 'open', id: row.id }
      return rows[at + 1]?.parentId === row.id ? go(rows[at + 1]) : undefined
    case 'ArrowLeft':
      if (!row) return undefined
      if (row.expanded) return { kind: 'close', id: row.id }
      return go(rows.find(({ id }) => id === row.parentId))
    case 'Enter':
    case ' ':
      return row && { kind: 'choose', id: row.id }
    default:
      return undefined
  }
}

/** The next line after this one that begins with what was typed; the same letter again goes on to the next. */
export function findTyped(rows: readonly TreeRow[], active: string | undefined, typed: string): string | undefined {
  const wanted = /^(.)\1*$/u.test(typed) ? typed.slice(0, 1) : typed
  const at = rows.findIndex(({ id }) => id === active)
  const from = wanted.length === 1 ? at + 1 : Math.max(at, 0)
  const inOrder = [...rows.slice(from), ...rows.slice(0, from)]
  return inOrder.find(({ label }) => label.toLowerCase().startsWith(wanted.toLowerCase()))?.id
}

/**
 * By how many lines the list has to scroll so that this line stays where it is on the screen. Where it has gone, the
 * nearest line before it that is still there takes its place.
 */
export function shiftOf(before: readonly TreeRow[], after: readonly TreeRow[], anchor: number): number {
  const places = new Map(after.map(({ id }, i) => [id, i]))
  for (let i = anchor; i >= 0; i--) {
    const now = places.get(before[i]?.id ?? '')
    if (now !== undefined) return now - i
  }
  return 0
}
