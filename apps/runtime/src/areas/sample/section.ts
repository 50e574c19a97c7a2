/** A chunk of the sample with what stands under it. */
export interface Section {
  title: string
  body?: string
  type?: string
  status?: string
  fields?: Record<string, unknown>
  tags?: string[]
  /** Titles of chunks that edges of these kinds lead to. */
  edges?: Record<string, string>
  under?: Section[]
}
