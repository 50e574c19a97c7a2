import type { AgentEvent, RunInput } from './types.ts'

/** What a session needs besides its events. */
export interface InteractiveSessionOps {
  sendRunInput(runId: string, input: string | RunInput): Promise<{ delivered: boolean }>
  cancelAgent: (agentId: string) => Promise<unknown>
}

/**
 * A conversation with one run: read `events()`, answer with `send()` when `awaitingInput`.
 * Nothing is sent before `events()` is iterated.
 */
export class InteractiveSession {
  /** `""` until the stream has told it; so are the other two. */
  runId = ''
  agentId = ''
  sessionId = ''
  /** The run is parked: the last event was `awaiting_input`. */
  awaitingInput = false
  /**
   * Why the last turn ended, as far as it has: `end_turn` is a whole answer, `max_tokens` one that was cut off.
   * `""` while the agent works.
   */
  stopReason = ''
  readonly #source: AsyncIterable<AgentEvent>
  readonly #ops: InteractiveSessionOps

  constructor(source: AsyncIterable<AgentEvent>, ops: InteractiveSessionOps) {
    this.#source = source
    this.#ops = ops
  }

  /** The run's events, each after this object's fields took it in. Single use: leaving the loop ends the stream. */
  async *events(): AsyncGenerator<AgentEvent, void, undefined> {
    for await (const event of this.#source) {
      this.#take(event)
      yield event
    }
  }

  /** Tells the run something; its reply arrives on `events()`. False when the run did not take it. */
  async send(input: string | RunInput): Promise<boolean> {
    if (!this.runId) throw new Error('run_id not known yet: iterate events() first')
    const { delivered } = await this.#ops.sendRunInput(this.runId, input)
    this.awaitingInput = false
    return delivered
  }

  /** Ends the run; does nothing while its agent handle is not known. */
  async cancel(): Promise<void> {
    if (this.agentId) await this.#ops.cancelAgent(this.agentId)
  }

  #take(event: AgentEvent): void {
    if (event.type === 'agent') {
      this.runId = event.run_id || this.runId
      this.agentId = event.agent_id || this.agentId
      this.sessionId = event.session_id || this.sessionId
    }
    if (event.type === 'session') this.sessionId = event.session_id || this.sessionId
    if (event.type === 'awaiting_input') this.stopReason = event.awaiting_input?.stop_reason ?? ''
    else if (event.type === 'done') this.stopReason = event.stop_reason ?? ''
    else if (event.type !== 'notice') this.stopReason = ''
    if (event.type !== 'notice') this.awaitingInput = event.type === 'awaiting_input'
  }
}
