/** What addresses of the library may ask for; each of its pages looks at what is its own. */
interface LibrarySearch {
  /** Words that are searched for. */
  q?: string
  /** Which agents are shown. */
  shelf?: string
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
  /** What a new team is begun with. */
  start?: string
  /** The version that is being written on; `configured` for what is configured. */
  edit?: string
  /** Two versions, `from..to`. */
  compare?: string
  /** A folder of a volume. */
  path?: string
  /** A file of a volume. */
  file?: string
  /** Which days of usage, told apart by what, and what is counted. */
  range?: string | number
  by?: string
  measure?: string
}

const words = ['q', 'shelf', 'from', 'start', 'edit', 'compare', 'path', 'file', 'by', 'measure'] as const

// An address that somebody typed has a name like 2026 as a number.
const text = (value: unknown) => (value === undefined || value === '' ? undefined : String(value))

// Said once for all pages: it is in the first thing that a browser fetches.
export const parseSearch = (asked: Record<string, unknown>): LibrarySearch => ({
  ...Object.fromEntries(words.map((name) => [name, text(asked[name])])),
  create: asked.create === true || undefined,
  // A number stays one, or its address would have quotes around it.
  range: typeof asked.range === 'number' ? asked.range : text(asked.range),
})
