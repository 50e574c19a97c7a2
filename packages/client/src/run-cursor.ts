import type { StreamCursor } from './resumable-stream.ts'
import { objectOf, type SseFrame, seqOf } from './sse.ts'
import type { AgentEvent } from './types.ts'

/**
 * What has been delivered of one run, whatever number of connections it took:
 * turns frames into events, drops those already delivered, and knows where to go on.
 */
export class RunCursor implements StreamCursor<AgentEvent> {
  runId: string | undefined
  lastSeq: number
  lastType: string | undefined
  #connections = 0
  #greetings = new Set<string>()
  /** Last `seq` delivered of each sub-agent's run. */
  readonly #children = new Map<string, number>()
  #numbered = false
  #unnumbered = false
  #promising = false
  readonly #omitsOpening: boolean
  /** What the caller has just sent, where it was taken in by a run that was there. */
  #takenIn: string | undefined
  readonly #reattaches: boolean

  /** `omitsOpening`: the server leaves out the turn its caller has just sent, though a re-attach replays it. */
  constructor(runId: string | undefined, fromSeq: number, omitsOpening: boolean) {
    this.runId = runId
    this.lastSeq = fromSeq
    this.#omitsOpening = omitsOpening
    this.#reattaches = runId !== undefined
  }

  connected(): void {
    this.#connections++
  }

  /**
   * Whether a broken stream can go on without losing or repeating anything: the server numbers its frames.
   * Before the first numbered frame the `agent` frame tells: older servers write no `type` into it.
   */
  get resumable(): boolean {
    return this.runId !== undefined && (this.#numbered || (this.#promising && !this.#unnumbered))
  }

  /** Nothing but the greeting has come: asking for everything again loses and repeats nothing, whatever the server. */
  get mayStartOver(): boolean {
    return this.#reattaches && !this.#numbered && !this.#unnumbered
  }

  /**
   * An ended run is replayed to its end and closed at once. A server that is shutting down closes in the same way, so
   * what closes twice with nothing new where the last event was no end is said to be broken off: the run may go on.
   */
  isOver(emptyEnds: number): boolean {
    if (this.lastType === 'done' || (this.lastType === 'error' && emptyEnds >= 1)) return true
    if (emptyEnds < 2) return false
    throw new Error(`the stream of run ${this.runId} broke off after event ${this.lastSeq}, which is not its end`)
  }

  /** The event in a frame; undefined when the frame holds none, or one that was delivered before. */
  accept(frame: SseFrame): AgentEvent | undefined {
    const event = objectOf(frame) as AgentEvent | undefined
    if (!event) return undefined
    const { type } = event
    if (!type && frame.event) event.type = frame.event as AgentEvent['type']
    if (event.type === 'session' || event.type === 'agent') return this.#greeting(event, seqOf(frame), Boolean(type))

    if (event.type === 'child') return this.#childEvent(event)
    // It tells of the runtime and not of the run, at whatever place the stream is.
    if (event.type === 'notice') return event

    const seq = seqOf(frame)
    if (seq === undefined) {
      if (event.type !== 'gap') this.#unnumbered = true
    } else {
      this.#numbered = true
      if (seq <= this.lastSeq) return undefined
      this.lastSeq = seq
      if (this.#omitsOpening && this.#isSaid(event)) return undefined
      event.seq = seq
    }
    this.lastType = event.type
    return event
  }

  /** The server leaves it out, but not when it is asked again. */
  #isSaid(event: AgentEvent): boolean {
    return this.#takenIn === undefined
      ? this.lastType === undefined && isOpening(event)
      : event.type === 'steer' && event.user_input?.input_id === this.#takenIn
  }

  /** The cursor is the parent's, so a re-attach tells a child's events from their beginning. */
  #childEvent(event: AgentEvent): AgentEvent | undefined {
    const { run_id = '', seq = 0 } = event
    if (seq <= (this.#children.get(run_id) ?? 0)) return undefined
    this.#children.set(run_id, seq)
    return event
  }

  #greeting(event: AgentEvent, seq = 0, typed: boolean): AgentEvent | undefined {
    if (event.type === 'agent' && event.run_id) {
      this.runId ??= event.run_id
      this.#promising ||= typed
      // The run was there before: what came first in it is not what was asked for.
      this.#takenIn ??= event.input_id
      this.lastSeq = Math.max(this.lastSeq, seq)
    }
    const repeated = this.#connections > 1 && this.#greetings.has(event.type)
    this.#greetings.add(event.type)
    return repeated ? undefined : event
  }
}

/** What was sent to a live run has an id; the turn the run began with has none. */
function isOpening({ type, user_input }: AgentEvent): boolean {
  return type === 'steer' && user_input?.source === 'replay' && user_input.input_id === undefined
}
