import type { BoardColumn, BoardSettings } from '@loomcycle/client'
import type { Graph } from '@loomcycle/proto/teams'
import { saysDone } from '../../model/done.ts'

/** What columns or lanes are made of. */
export type Grouping = 'status' | 'type' | `field:${string}`

export const colors = ['slate', 'blue', 'green', 'amber', 'red', 'violet', 'teal', 'pink'] as const
export type Color = (typeof colors)[number]

export interface BoardSetup {
  columns: readonly BoardColumn[]
  /** Types whose chunks are cards without a status as well. */
  types: readonly string[]
  /** The fields that cards show; all where none is named. */
  show: readonly string[]
  /** Somebody has said what it is; otherwise it is made from the cards. */
  isSaved: boolean
}

export function toGrouping(text: unknown): Grouping | undefined {
  return text === 'status' || text === 'type' || (typeof text === 'string' && text.startsWith('field:'))
    ? (text as Grouping)
    : undefined
}

/** The settings of a board as its chunk has them; what does not fit is left out. */
export function toSetup(
  fields: { readonly [K in keyof BoardSettings]?: unknown } | undefined,
  statuses: Iterable<string | undefined>,
  graph?: Graph,
): BoardSetup {
  const saved = list(fields?.columns).filter(isColumn)
  return {
    columns: saved.length > 0 || graph ? withStates(saved, graph) : guessColumns(statuses),
    types: list(fields?.types).filter((type) => typeof type === 'string'),
    show: list(fields?.show).filter((name) => typeof name === 'string'),
    isSaved: saved.length > 0 || graph !== undefined,
  }
}

/** The states of a team are columns, also where nobody has set them up. */
function withStates(saved: readonly BoardColumn[], { states = [], colors: named = {} }: Graph = {}): BoardColumn[] {
  const missing = states.filter(({ state }) => !saved.some(({ status }) => status === state))
  const made = missing.map(({ state, handler }) => {
    const color = colors.find((each) => each === named[state])
    const isEnd = handler.kind === 'terminal'
    return {
      status: state,
      ...(color ? { color } : isEnd ? { color: 'green' as const } : {}),
      ...(isEnd ? { done: true } : {}),
    }
  })
  return [...saved, ...made]
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const isColumn = (column: unknown): column is BoardColumn =>
  typeof column === 'object' && column !== null && 'status' in column && typeof column.status === 'string'

/** Words that people give to statuses, from the beginning of work to its end. */
const stages: readonly [RegExp, Color][] = [
  [/^(?:ideas?|inbox|triage|proposed)$/, 'slate'],
  [/^(?:backlog|someday|later)$/, 'slate'],
  [/^(?:todo|open|new|planned|scheduled|next|ready|upcoming)$/, 'blue'],
  [/^(?:doing|inprogress|active|started|draft|drafting|drafted|writing|wip)$/, 'amber'],
  [/^(?:blocked|waiting|onhold|paused)$/, 'red'],
  [/^(?:review|inreview|reviewing|approval|approved|testing|qa|verify)$/, 'violet'],
]

/** Columns for the statuses there are: in the order that their words suggest, or else as they occur. */
function guessColumns(statuses: Iterable<string | undefined>): BoardColumn[] {
  const named = new Set([...statuses].filter((status) => status !== undefined && status !== ''))
  return ([...named] as string[])
    .map((status) => ({ status, stage: stageOf(status) }))
    .sort((a, b) => a.stage - b.stage)
    .map(({ status, stage }) => {
      const color = saysDone(status) ? 'green' : (stages[stage]?.[1] ?? 'teal')
      return { status, title: titleOf(status), color, ...(saysDone(status) ? { done: true } : {}) }
    })
}

/** Between what has a place of its own and what is done. */
const unknownStage = stages.length

function stageOf(status: string): number {
  if (saysDone(status)) return unknownStage + 1
  const word = status.toLowerCase().replace(/[^a-z]/g, '')
  const stage = stages.findIndex(([words]) => words.test(word))
  return stage < 0 ? unknownStage : stage
}

/** A status as a heading: `in_review` is “In review”. */
export function titleOf(status: string): string {
  const words = status.replace(/[_-]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}
