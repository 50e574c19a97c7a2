/** Which chunks something is about to be done to. */
export interface Selection {
  ids: ReadonlySet<string>
  /** From here a range goes on. */
  anchor?: string
}

export const nothing: Selection = { ids: new Set() }

/** One more, or one less. */
export function toggled({ ids }: Selection, id: string): Selection {
  const next = new Set(ids)
  if (!next.delete(id)) next.add(id)
  return { ids: next, anchor: id }
}

/** All from the anchor to this one, in the order in which they are seen; without an anchor, this one. */
export function extended(selection: Selection, id: string, order: readonly string[]): Selection {
  const to = order.indexOf(id)
  const from = order.indexOf(selection.anchor ?? id)
  if (to < 0) return selection
  const start = from < 0 ? to : from
  const range = order.slice(Math.min(start, to), Math.max(start, to) + 1)
  return { ids: new Set([...selection.ids, ...range]), anchor: order[start]! }
}

/** Everything that is seen; or, where that is selected, nothing. */
export function all(selection: Selection, order: readonly string[]): Selection {
  return order.every((id) => selection.ids.has(id)) ? nothing : { ids: new Set(order) }
}

/** Without what is not there any more. */
export function within(selection: Selection, isThere: (id: string) => boolean): Selection {
  const ids = [...selection.ids].filter(isThere)
  if (ids.length === selection.ids.size) return selection
  const { anchor } = selection
  return { ids: new Set(ids), ...(anchor !== undefined && isThere(anchor) ? { anchor } : {}) }
}
