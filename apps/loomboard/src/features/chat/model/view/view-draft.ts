import type { Part, QuestionPart, RunView, ToolPart, Turn, TurnInput, TurnStatus } from '../types.ts'

type Mutable<T> = { -readonly [K in keyof T]: T[K] }
type OpenTurn = Mutable<Turn> & { parts: Part[] }

/**
 * A view being changed. Whatever it touches is copied once a batch, whatever it leaves alone keeps its identity: a delta
 * costs the same after ten thousand turns as after one, and memoised components of settled turns never run again.
 */
export class ViewDraft {
  readonly view: Mutable<RunView>
  private turns: Turn[] | undefined
  private readonly ownTurns = new Set<Turn>()
  private readonly ownParts = new Set<Part>()
  private made = 0

  constructor(view: RunView) {
    this.view = { ...view }
  }

  finish(): RunView {
    return this.view
  }

  /** An id that is the same on every device where the log gave one. */
  newId(seq: number | undefined): string {
    return seq === undefined ? `n${Date.now().toString(36)}.${this.made++}` : `s${seq}`
  }

  get lastTurn(): Turn | undefined {
    return this.view.turns.at(-1)
  }

  /** The turn that still takes parts in. */
  get workingTurn(): Turn | undefined {
    const last = this.lastTurn
    return last?.status === 'working' ? last : undefined
  }

  addTurn(id: string, at: number, input?: TurnInput): OpenTurn {
    const turn: OpenTurn = {
      id,
      runId: this.view.run.runId,
      ...(input ? { input } : {}),
      parts: [],
      status: 'working',
      startedAt: at,
      usage: { input: 0, output: 0, cached: 0 },
      boundary: 0,
    }
    this.writableTurns().push(turn)
    this.ownTurns.add(turn)
    return turn
  }

  editTurn(turn: Turn): OpenTurn {
    if (this.ownTurns.has(turn)) return turn as OpenTurn
    const turns = this.writableTurns()
    const copy = { ...turn, parts: [...turn.parts] }
    turns[turns.lastIndexOf(turn)] = copy
    this.ownTurns.add(copy)
    return copy
  }

  addPart<P extends Part>(turn: OpenTurn, part: P): P {
    turn.parts.push(part)
    this.ownParts.add(part)
    return part
  }

  editPart<P extends Part>(turn: OpenTurn, part: P): Mutable<P> {
    if (this.ownParts.has(part)) return part
    const copy = { ...part }
    turn.parts[turn.parts.lastIndexOf(part)] = copy
    this.ownParts.add(copy)
    return copy
  }

  /** The turn in progress, or a new one when the agent speaks without having been asked here. */
  ensureTurn(seq: number | undefined, at: number): OpenTurn {
    const last = this.lastTurn
    // An error may turn out to have been survived: the turn then simply goes on.
    if (last && (last.status === 'working' || (last.status === 'failed' && last.runId === this.view.run.runId))) {
      const turn = this.editTurn(last)
      turn.status = 'working'
      turn.endedAt = undefined
      return turn
    }
    return this.addTurn(this.newId(seq), at)
  }

  /** The last turn, whatever has become of it, for something else than text or reasoning. */
  latestTurn(seq: number | undefined, at: number): OpenTurn {
    const last = this.lastTurn
    const turn = last ? this.editTurn(last) : this.addTurn(this.newId(seq), at)
    this.closeOpenPart(turn, at)
    return turn
  }

  /** Text and reasoning end where something else begins. */
  closeOpenPart(turn: OpenTurn, at: number): void {
    const last = turn.parts.at(-1)
    if (last?.kind === 'text' && last.open) this.editPart(turn, last).open = false
    if (last?.kind === 'thinking' && last.endedAt === undefined) this.editPart(turn, last).endedAt = at
  }

  settle(turn: Turn, status: TurnStatus, at: number): void {
    const own = this.editTurn(turn)
    this.closeOpenPart(own, at)
    own.status = status
    own.endedAt = at
    own.boundary = own.parts.length
    own.answeringSince = undefined
  }

  findTool(callId: string): { turn: Turn; part: ToolPart } | undefined {
    const open = this.view.openTools.find((tool) => tool.callId === callId)
    for (let i = this.view.turns.length - 1; i >= 0; i--) {
      const turn = this.view.turns[i]!
      if (open && turn.id !== open.turnId) continue
      // Without an open call, only a stopped one of this run can still get its result.
      if (!open && turn.runId !== this.view.run.runId) return undefined
      const part = turn.parts.findLast((candidate): candidate is ToolPart =>
        open
          ? candidate.id === open.partId
          : candidate.kind === 'tool' && candidate.callId === callId && candidate.result === undefined,
      )
      if (part) return { turn, part }
      if (open) return undefined
    }
    return undefined
  }

  forgetOpenTool(partId: string): void {
    this.view.openTools = this.view.openTools.filter((tool) => tool.partId !== partId)
  }

  /** Calls that nobody will answer any more. */
  stopOpenTools(at: number): void {
    for (const open of this.view.openTools) {
      const turn = this.view.turns.findLast((candidate) => candidate.id === open.turnId)
      const part = turn?.parts.find((candidate) => candidate.id === open.partId)
      if (!turn || part?.kind !== 'tool') continue
      const own = this.editPart(this.editTurn(turn), part)
      own.state = 'stopped'
      own.endedAt = at
      own.children = own.children?.map((child) =>
        child.state === 'running' ? { ...child, state: 'stopped', endedAt: at } : child,
      )
    }
    this.view.openTools = []
  }

  /** Gives pending questions of the run their outcome. */
  settleQuestions(
    which: (question: QuestionPart) => boolean,
    outcome: Pick<QuestionPart, 'answer' | 'answeredBy'> & { state: QuestionPart['state'] },
  ): void {
    for (let i = this.view.turns.length - 1; i >= 0; i--) {
      const turn = this.view.turns[i]!
      if (turn.runId !== this.view.run.runId) return
      for (const part of turn.parts) {
        if (part.kind !== 'question' || part.state !== 'pending' || !which(part)) continue
        Object.assign(this.editPart(this.editTurn(turn), part), outcome)
      }
    }
  }

  private writableTurns(): Turn[] {
    if (!this.turns) this.view.turns = this.turns = [...this.view.turns]
    return this.turns
  }
}
