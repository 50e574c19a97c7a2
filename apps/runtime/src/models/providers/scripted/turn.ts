import type { Usage } from '@loomcycle/proto'
import type { FailureClass, ModelRequest } from '../provider.ts'

/** A model that is a program. The same request has the same answer: all it knows is the request's history. */
export type ScriptedModel = (request: ModelRequest) => ScriptedTurn | Promise<ScriptedTurn>

/** One answer, streamed in the order of its members. */
export interface ScriptedTurn {
  thinking?: string
  text?: string
  tool_calls?: ScriptedCall[]
  /** Fails instead of ending, after what stands above was streamed. */
  error?: { message: string; class?: FailureClass; status?: number }
  /** Streams what stands above and then nothing, until it is aborted. */
  hold?: boolean
  stop_reason?: string
  /** In place of what is counted. */
  usage?: Partial<Usage>
  pace?: Pace
}

export interface ScriptedCall {
  name: string
  input: unknown
  /** Made from the run and the place in the history unless given. */
  id?: string
}

/** How text arrives: pieces of about this many characters, this long after each other. */
export interface Pace {
  chunk_chars: number
  delay_ms: number
}
