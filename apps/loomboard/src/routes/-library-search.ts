/** What the addresses of one agent, skill or team may ask for. */
interface OneSearch {
  /** The version that is being written on; `configured` for what is configured. */
  edit?: string
  /** Two versions, `from..to`. */
  compare?: string
}

/** What those of all of them may. */
interface AllSearch {
  /** Words that are searched for. */
  q?: string
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
  /** Which agents are shown. */
  shelf?: string
  /** What a new team is begun with. */
  start?: string
}

type Asked = Record<string, unknown>

/** An address that somebody typed has a name like 2026 as a number. */
export const word = (value: unknown) => (value === undefined || value === '' ? undefined : String(value))

export const parseOne = ({ edit, compare }: Asked): OneSearch => ({ edit: word(edit), compare: word(compare) })

export const parseAll = ({ q, create, from, shelf, start }: Asked): AllSearch => ({
  q: word(q),
  create: create === true ? true : undefined,
  from: word(from),
  shelf: word(shelf),
  start: word(start),
})
