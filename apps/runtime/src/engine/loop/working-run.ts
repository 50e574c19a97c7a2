import type { Clock } from '../../ground/clock.ts'
import type { AgentDefinition, Config, TreeLimits } from '../../ground/config/config.ts'
import type { Redactor } from '../../ground/config/redaction/redactor.ts'
import type { Statement } from '../../ground/db/statement.ts'
import type { Fields, Telemetry } from '../../ground/telemetry/telemetry.ts'
import type { AskModel } from '../../models/calls/ask-model.ts'
import type { Provider, SystemBlock } from '../../models/providers/provider.ts'
import type { Availability } from '../../models/routing/availability.ts'
import type { ResolvedModel } from '../../models/routing/resolve.ts'
import type { Route } from '../../models/routing/route.ts'
import type { Windows } from '../../models/routing/windows.ts'
import type { Tool } from '../../tools/tool.ts'
import type { LogEvent } from '../log/log-event.ts'
import type { SessionLog } from '../log/session-log.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { type RunEnd, timedOut } from '../rows/runs.ts'
import type { Wish } from '../rows/wishes.ts'
import type { Ledger } from '../usage/ledger.ts'
import type { TokenLimits } from '../usage/token-limits.ts'
import type { GiveUpDependencies } from './give-up-calls.ts'
import type { History } from './history.ts'

export interface LoopDependencies extends GiveUpDependencies {
  clock: Clock
  config: Config
  redact: Redactor
  telemetry: Telemetry
  route: Route
  windows: Windows
  /** How models are doing. */
  availability: Pick<Availability, 'lackOf'>
  askModel: AskModel
  findProvider(id: string): Provider | undefined
  /** A turn may take until then. */
  watchDeadline(at: number): void
  /** Counts what model calls take. */
  ledger: Pick<Ledger, 'book' | 'record'>
  tokenLimits: Pick<TokenLimits, 'reached'>
  /** What the runs of its tree may use together. */
  treeLimits(run: Pick<WorkingRun, 'record' | 'agent'>): Promise<TreeLimits>
  /** Ends the runs that this one started and that are still going. */
  endChildren(runId: string): Promise<void>
}

/** Appends that may be under way before the model's stream is made to wait. */
const maxUnwritten = 64

/** A run while it is being worked on: a cache of its rows, thrown away when it parks, ends or waits. */
export class WorkingRun {
  readonly deps: LoopDependencies
  readonly record: RunRecord
  readonly agent: AgentDefinition
  readonly tools: ReadonlyMap<string, Tool>
  readonly system: SystemBlock[]
  readonly history: History
  readonly log: SessionLog
  readonly control = new RunControl()
  /** Model calls since somebody last said something. */
  iterations = 0
  /** Its model calls count for the tree it is part of. */
  isInTree = false
  /** Told that it waits for its turn at a model service; what it returns is told that it works again. */
  onWait: (() => () => void) | undefined
  /** After how many turns of the run a compaction was last tried. */
  compactionTriedAt: number | undefined
  #unwritten = 0
  #lastWrite: Promise<void> = Promise.resolve()
  #writeError: unknown

  constructor(parts: {
    deps: LoopDependencies
    record: RunRecord
    agent: AgentDefinition
    tools: ReadonlyMap<string, Tool>
    system: SystemBlock[]
    history: History
    log: SessionLog
  }) {
    this.deps = parts.deps
    this.record = parts.record
    this.agent = parts.agent
    this.tools = parts.tools
    this.system = parts.system
    this.history = parts.history
    this.log = parts.log
  }

  /** What tells it from others where things are measured. */
  get labels(): Fields {
    const { id: run, agent, traceId: trace } = this.record
    return { run, agent, trace }
  }

  /** Which model answers the next turn. Throws where there is none. */
  route(): Promise<ResolvedModel> {
    const { deps, agent, record } = this
    const { tenantId, userId, began, route, options } = record
    return deps.route({ tenantId, userId, agent, began, route, userTier: options.userTier })
  }

  /** Stores and publishes; the history learns of it at once. Resolves when it is on disk. */
  append(events: readonly LogEvent[], along: readonly Statement[] = [], onCommit?: () => void): Promise<void> {
    if (this.control.isLost) return Promise.reject(new LostHandError())
    for (const event of events) this.history.apply(event)
    this.#unwritten++
    const write = this.log.append(this.record.id, events, along, onCommit).finally(() => this.#unwritten--)
    this.#lastWrite = write.catch(() => {})
    return write
  }

  /** Like `append`, for a stream of small events; `roomToWrite` is where its failures show. */
  stream(event: LogEvent) {
    this.append([event]).catch((error: unknown) => {
      this.#writeError ??= error
    })
  }

  /** What kept something that was streamed from getting to the disk; whatever was appended after it failed because of it. */
  get writeError(): unknown {
    return this.#writeError
  }

  /** Waits when too much is under way, so that a fast model cannot fill the memory. */
  async roomToWrite(): Promise<void> {
    if (this.#unwritten > maxUnwritten || this.#writeError) await this.written()
  }

  /** Everything appended so far is on disk; throws what kept it from getting there. */
  async written(): Promise<void> {
    await this.#lastWrite
    if (this.#writeError) throw this.#writeError
  }
}

/** Another hand has the run, or is about to: this one writes nothing more. */
class LostHandError extends Error {
  override name = 'LostHandError'
}

/** What others want of a working run; it looks at every boundary, and `turn` wakes it in between. */
class RunControl {
  /** The run is to end. */
  end: RunEnd | undefined
  /** The turn is to stop, for a reason that may be empty. */
  turnCancel: { reason: string } | undefined
  /** The process stops, or the runtime pauses: the run is to leave memory, and somebody goes on with it later. */
  suspend = false
  /** The conversation is to be compacted before the next turn. */
  compact: Wish | undefined
  #isLost = false
  readonly #heard = new Set<string>()
  #turn = new AbortController()

  /** Once each, however often it is read: what is done may still be on its way out of the rows. */
  hear(wish: Wish) {
    if (this.#heard.has(wish.id)) return
    this.#heard.add(wish.id)
    switch (wish.kind) {
      case 'end':
        this.end ??= { status: 'cancelled', stopReason: wish.text }
        return this.interrupt()
      case 'time_out':
        this.end ??= timedOut(wish.text)
        return this.interrupt()
      case 'cancel_turn':
        this.turnCancel ??= { reason: wish.text }
        return this.interrupt()
      case 'suspend':
        this.suspend = true
        return
      case 'compact':
        this.compact = wish
    }
  }

  /** Somebody wants the run to stop what it is doing; the loop looks at its top. */
  get isWanted(): boolean {
    return this.#isLost || this.suspend || this.end !== undefined || this.turnCancel !== undefined
  }

  /** Another hand has the run, or is about to. */
  get isLost(): boolean {
    return this.#isLost
  }

  /** Whatever it is doing stops, and nothing is written of it. */
  lose() {
    this.#isLost = true
    this.interrupt()
  }

  /** Aborted when the turn in progress should not go on. */
  get turn(): AbortSignal {
    return this.#turn.signal
  }

  interrupt() {
    this.#turn.abort()
  }

  /** A new turn starts with a clean signal, unless somebody wants the run to stop. */
  beginTurn() {
    if (this.isWanted) return
    if (this.#turn.signal.aborted) this.#turn = new AbortController()
  }
}
