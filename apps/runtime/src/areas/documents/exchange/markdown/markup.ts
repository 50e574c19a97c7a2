/** How a chunk was written in the file it came from, as far as its title and body do not say. */
export interface Markup {
  /** The heading as it stood, its line end included; empty for a text without one. */
  heading: string
  /** The title it had then; under another one the heading is written afresh. */
  title: string
  /** Its level, 1 to 6; 0 without a heading. */
  level: number
  /** How deep in the tree it was; a chunk that has been moved elsewhere is written afresh. */
  depth: number
  /** Blank space between heading and body, and after the body. */
  before: string
  after: string
}
