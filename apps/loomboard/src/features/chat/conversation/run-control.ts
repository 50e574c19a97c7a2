import type { CompactRunResult } from '@loomcycle/client'
import { isBusy } from '../model/types.ts'
import type { Shared } from './state.ts'

export interface ControlNeighbours {
  /** Whoever does something to a run wants to see what comes of it. */
  follow(): Promise<void>
  onEnding(): void
}

/** What a person does to a run besides talking to it. */
export class RunControl {
  private readonly shared: Shared
  private readonly neighbours: ControlNeighbours

  constructor(shared: Shared, neighbours: ControlNeighbours) {
    this.shared = shared
    this.neighbours = neighbours
  }

  /** Stops the turn in progress; the conversation stays. */
  async stop(): Promise<void> {
    const { shared } = this
    const { run } = shared.view
    if (!isBusy(run) || !run.runId) return
    shared.change({ stopping: true })
    try {
      await shared.env.client.cancelTurn(run.runId)
    } catch (error) {
      // The turn had ended by itself: what was wanted is so.
      shared.change({ stopping: false })
      if ((error as { status?: number }).status !== 409) throw error
    }
  }

  /** Ends the run; the next message starts another one in the same session. */
  async end(): Promise<void> {
    const { run } = this.shared.view
    if (!run.agentId) return
    this.neighbours.onEnding()
    await this.shared.env.client.cancelAgent(run.agentId)
    await this.neighbours.follow()
  }

  /** Replaces the older part of the conversation by a summary. The mark in the log says what came of it. */
  async compact(): Promise<CompactRunResult> {
    const { shared } = this
    shared.change({ compacting: true })
    try {
      const result = await shared.env.client.compactRun(shared.view.run.runId)
      if (result.compacted) await this.neighbours.follow()
      return result
    } finally {
      shared.change({ compacting: false })
    }
  }
}
