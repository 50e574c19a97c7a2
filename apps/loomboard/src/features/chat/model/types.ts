import type { RunEvent } from '@loomcycle/proto'
import type { Question } from '../../../lib/runs/question.ts'
import type { Attachment } from '../attachments/attachment.ts'
import type { Picture } from './typed.ts'

/** An event with what the log knows about it. Frames without a row (`session`, `agent`) have no seq. */
export interface LoggedEvent {
  seq?: number
  runId?: string
  /** Unix milliseconds: when it was stored, or else when it arrived. */
  at: number
  event: RunEvent | UnlistedEvent
}

/** Rows that only the log has, and events that this version does not know. */
export interface UnlistedEvent {
  type: string
  [member: string]: unknown
}

export interface TextPart {
  kind: 'text'
  id: string
  text: string
  /** More is coming. */
  open: boolean
}

export interface ThinkingPart {
  kind: 'thinking'
  id: string
  text: string
  startedAt: number
  endedAt?: number
}

export type ToolState = 'running' | 'done' | 'failed' | 'stopped'

export interface ToolPart {
  kind: 'tool'
  id: string
  callId: string
  name: string
  input: unknown
  state: ToolState
  startedAt: number
  endedAt?: number
  result?: string
  /** The runs that this call has started, in the order of its tasks. */
  children?: readonly ChildRun[]
}

/** A sub-agent, as far as its parent's log knows it. */
export interface ChildRun {
  index: number
  agent: string
  /** Nothing for a task that no run could be made for. */
  runId?: string
  agentId?: string
  state: ToolState
  startedAt: number
  endedAt?: number
  output?: string
  error?: string
}

export interface NoticePart {
  kind: 'notice'
  id: string
  tone: 'info' | 'warn'
  /** The agent itself says it. */
  fromAgent?: boolean
  text: string
  /** What a retry threw away, or the cause of a fallback. */
  detail?: string
  /** Retries in a row are one notice. */
  retryOf?: string
}

export interface ErrorPart {
  kind: 'error'
  id: string
  text: string
  /** When the model's service can be asked again. */
  retryAt?: number
}

export interface CompactionPart {
  kind: 'compaction'
  id: string
  summary: string
  before?: number
  after?: number
  trigger?: string
}

export interface QuestionPart extends Question {
  kind: 'question'
  id: string
  /** The call that waits for the answer. */
  callId?: string
}

export type Part = TextPart | ThinkingPart | ToolPart | NoticePart | ErrorPart | CompactionPart | QuestionPart

export interface TurnInput {
  text: string
  pictures?: readonly Picture[]
  /** It has pictures, and only this row of the log has them. */
  picturesAt?: number
  at: number
  source?: string
  /** Drawn before the server named it; its own echo confirms it. */
  localId?: string
}

export interface TurnUsage {
  input: number
  output: number
  cached: number
  tokensPerSecond?: number
  model?: string
  /** Of those of its calls that had a price, in the currency of the first. */
  cost?: { amount: number; currency: string }
}

export type TurnStatus = 'working' | 'done' | 'failed' | 'stopped'

/** Why a turn that ended by itself has no whole answer. */
export type TurnEnding = 'max_tokens' | 'content_filter' | 'refusal' | 'no_answer'

/** What somebody asked and everything the agent did about it. */
export interface Turn {
  id: string
  runId: string
  input?: TurnInput
  parts: readonly Part[]
  status: TurnStatus
  ending?: TurnEnding
  startedAt: number
  endedAt?: number
  usage: TurnUsage
  /** Parts from here on belong to the model call in progress; a retry redoes them. */
  boundary: number
  /** When the model call in progress began to answer. */
  answeringSince?: number
}

export type RunPhase = 'none' | 'starting' | 'working' | 'waiting' | 'parked' | 'ended'

export interface RunState {
  runId: string
  agentId: string
  sessionId: string
  agent: string
  phase: RunPhase
  interactive: boolean
}

export interface PendingInput {
  localId: string
  text: string
  pictures?: readonly Picture[]
  at: number
  /** `unread`: the run has ended, and it goes back to its author. */
  state: 'sending' | 'queued' | 'unread'
  /** Why it is not on its way yet. */
  waits?: string
  /** It starts a run, so whatever the agent does first is the answer to it. */
  opens?: boolean
  inputId?: string
  /** What its author wrote and attached, where that is more than the text. */
  written?: Written
  /** It was said in another tab, or before this page was loaded. */
  elsewhere?: boolean
}

export interface Written {
  text: string
  attachments: readonly Attachment[]
}

/** How full the model's window is after its last answer. */
export interface ContextGauge {
  used: number
  max?: number
  /** Counted by the runtime after a compaction, before the model has said. */
  estimated?: boolean
  /** Nobody has said how large the window is. */
  isGuess?: boolean
}

export interface OpenTool {
  callId: string
  turnId: string
  partId: string
}

export interface RunView {
  turns: readonly Turn[]
  run: RunState
  pending: readonly PendingInput[]
  openTools: readonly OpenTool[]
  gauge?: ContextGauge
  /** Everything up to here has been applied; a frame that comes again is skipped. */
  lastSeq: number
  firstSeq: number
  /** Inputs whose `steer` came before the answer that named them. */
  takenInputs: readonly string[]
}

export const emptyView: RunView = {
  turns: [],
  run: { runId: '', agentId: '', sessionId: '', agent: '', phase: 'none', interactive: true },
  pending: [],
  openTools: [],
  lastSeq: 0,
  firstSeq: 0,
  takenInputs: [],
}

export function isLive(run: RunState): boolean {
  return run.phase !== 'none' && run.phase !== 'ended'
}

export function isBusy(run: RunState): boolean {
  return run.phase === 'starting' || run.phase === 'working' || run.phase === 'waiting'
}

export function openQuestions(view: RunView): QuestionPart[] {
  return view.turns.flatMap((turn) =>
    turn.parts.filter((part): part is QuestionPart => part.kind === 'question' && part.state === 'pending'),
  )
}
