/** One step of an agent: its code from the beginning, with what its calls have been answered so far. */
export interface CodeWork {
  source: string
  /** JSON of what `run` is given. */
  input: string
  tools: CodeTool[]
  answers: Answer[]
  /** Of random numbers. */
  seed: number
  /** What its clock says at first, in Unix milliseconds. */
  startsAt: number
}

export interface CodeTool {
  name: string
  /** Each is a function of its own; without, the tool is one. */
  ops?: string[]
  /** Its answers are read as JSON where they are that. */
  isRead: boolean
}

/** A call of an earlier step, and what came of it. */
export interface Answer {
  /** See `callKey`. */
  call: string
  /** Of the tool. */
  name: string
  text: string
  isError: boolean
}

export type CodeErrorCode = 'code_agent_load' | 'code_agent_threw' | 'code_agent_replay_divergence'

export type CodeOutcome =
  /** It calls a tool of which there is no answer yet. `input` is JSON, `call` its key. */
  | { kind: 'call'; name: string; input: string; call: string; before: number }
  | { kind: 'returned'; text: string }
  | { kind: 'failed'; code: CodeErrorCode; message: string }

/** Code that is only read, to see whether it can be. */
export interface CodeCheck {
  check: string
}

export interface FromWorker {
  outcome: CodeOutcome
  /** The thread is not to be used again. */
  isSpent: boolean
}
