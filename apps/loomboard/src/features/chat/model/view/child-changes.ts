import type { RunEvent } from '@loomcycle/proto'
import type { ChildRun } from '../types.ts'
import { startTool } from './turn-changes.ts'
import type { ViewDraft } from './view-draft.ts'

type Spawned = Extract<RunEvent, { type: 'spawn_child_started' }>['spawn_child']

export function addChild(draft: ViewDraft, spawned: Spawned, seq: number | undefined, at: number): void {
  putChild(draft, spawned, seq, at, { ...idsOf(spawned), state: 'running', startedAt: at })
}

/** Also of a task that could not be started at all. */
export function endChild(draft: ViewDraft, spawned: Spawned, seq: number | undefined, at: number): void {
  const { ok, output, error } = spawned
  putChild(draft, spawned, seq, at, {
    ...idsOf(spawned),
    state: ok ? 'done' : 'failed',
    endedAt: at,
    output: output || undefined,
    error: error || undefined,
  })
}

function idsOf({ agent, run_id, agent_id }: Spawned): Partial<ChildRun> {
  return {
    ...(agent ? { agent } : {}),
    ...(run_id ? { runId: run_id } : {}),
    ...(agent_id ? { agentId: agent_id } : {}),
  }
}

function putChild(
  draft: ViewDraft,
  { tool_use_id, index }: Spawned,
  seq: number | undefined,
  at: number,
  change: Partial<ChildRun>,
): void {
  const found = draft.findTool(tool_use_id)
  // A page of the log may begin between the call and what it started.
  const part = found?.part ?? startTool(draft, { id: tool_use_id, name: 'Agent', input: undefined }, seq, at)
  const turn = draft.editTurn(found?.turn ?? draft.ensureTurn(seq, at))
  const own = draft.editPart(turn, part)
  const children = own.children ?? []
  const known = children.find((child) => child.index === index)
  const child: ChildRun = { ...(known ?? { index, agent: '', state: 'running', startedAt: at }), ...change }
  own.children = [...children.filter((other) => other !== known), child].sort((a, b) => a.index - b.index)
}
