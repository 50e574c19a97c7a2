/** What is searched: a folder that is held, or one file. */
export interface Where {
  /** For the system's calls, while whoever asks holds it. */
  self: string
  isFile: boolean
  /** What paths in the answer begin with. */
  prefix: string
}

export interface GlobJob {
  kind: 'glob'
  where: Where
  pattern: string
}

export const grepModes = ['files_with_matches', 'content', 'count'] as const

export interface GrepJob {
  kind: 'grep'
  where: Where
  pattern: string
  glob?: string | undefined
  mode: (typeof grepModes)[number]
  ignoresCase: boolean
  most: number
  before: number
  after: number
}

export type Job = GlobJob | GrepJob

export interface Order {
  id: number
  job: Job
}

export type Outcome = { id: number } & ({ text: string } | { refusal: string } | { failure: string })
