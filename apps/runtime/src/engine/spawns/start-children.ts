import { type Compaction, RuntimeError } from '@loomcycle/proto'
import { NothingChangedError } from '../../ground/db/errors.ts'
import { ToolError } from '../../ground/tool-error.ts'
import type { RunCaller } from '../../tools/caller.ts'
import type { ToolSuspension } from '../../tools/tool.ts'
import { treeLimits } from '../agents/tree-limits.ts'
import type { LogEvent } from '../log/log-event.ts'
import type { RunRecord } from '../rows/run-record.ts'
import { roomForRuns, spentOf, spentSentence } from '../rows/tree-budget.ts'
import { reserveTreeRuns, settleTreeRuns, treeUse } from '../rows/trees.ts'
import { planRun } from '../runs/plan-run.ts'
import type { SpawnContext } from './context.ts'
import { settleCall } from './settle-call.ts'

export interface SpawnTask {
  name: string
  prompt: string
  def_id?: string | undefined
  compaction?: Compaction | undefined
}

/** A task for which there is no run, and why. */
export interface RefusedTask {
  index: number
  agent: string
  error: string
}

export const deepestSpawn = 3

/** Makes a run for every task and lets the caller's run wait for all of them. Tasks that cannot be run fail by themselves. */
export async function startChildren(
  ctx: SpawnContext,
  caller: RunCaller,
  op: 'spawn' | 'parallel_spawn',
  tasks: readonly SpawnTask[],
): Promise<ToolSuspension> {
  const { run } = caller
  if (run.depth >= deepestSpawn) {
    throw new ToolError(
      `agents may start agents ${deepestSpawn} levels deep, and this one is at the last; do the work yourself`,
    )
  }
  const { room, refuse } = await reserveRuns(ctx, run, tasks.length)
  const planned = await Promise.all(
    tasks.map((task, index) => (index < room ? plan(ctx, caller, task, index) : refuse(task, index))),
  )
  const refused = planned.filter((one) => 'error' in one)
  const children = planned.filter((one) => 'record' in one)
  const settled = settleTreeRuns(run.rootId, room, children.length)
  if (children.length === 0) {
    await ctx.db.write([settled])
    throw new ToolError(refused.map(({ agent, error }) => `${agent}: ${error}`).join('; '))
  }
  return {
    waitsFor: { state: 'child', on: children.map(({ record }) => record.agentId).join(','), op, refused },
    events: children.map(({ record }) => started(record, run.toolUseId)),
    statements: [settled, ...children.flatMap(({ statements }) => statements)],
    onCommit: () => void settleCall(ctx, run.id, run.toolUseId),
  }
}

/** So often it is looked again how much there is left, where others are as quick. */
const mostLooks = 100

/** Out of what its tree may have, as many as there are left; the first of the tasks get them. */
async function reserveRuns(ctx: SpawnContext, run: RunCaller['run'], wanted: number) {
  const limits = await treeLimits(ctx, run)
  for (let looks = 1; ; looks++) {
    const use = await treeUse(ctx.db, run.rootId)
    const room = Math.min(roomForRuns(use, limits), wanted)
    const refuse = ({ name }: SpawnTask, index: number): RefusedTask => {
      const full = { ...use, runs: use.runs + room, runsAtOnce: use.runsAtOnce + room }
      return { index, agent: name, error: spentSentence(spentOf(full, limits) ?? 'runs', limits) }
    }
    if (room === 0) return { room, refuse }
    try {
      await ctx.db.write([reserveTreeRuns(run.rootId, room, limits)])
      return { room, refuse }
    } catch (error) {
      if (!(error instanceof NothingChangedError) || looks === mostLooks) throw error
    }
  }
}

async function plan(ctx: SpawnContext, { tenantId, userId, traceId, run }: RunCaller, task: SpawnTask, index: number) {
  try {
    const version = await ctx.definitions.choose(tenantId, task.name, task.def_id)
    await ctx.sessionQuotas.take({ tenantId, userId }, { sessions: 1, bytes: task.prompt.length })
    const model = await ctx.resolveModel(version.agent, run.options.userTier)
    const limits = await ctx.tokenLimits.admit({ tenantId, userId }, model.provider.id)
    // One that is over ends what it started.
    const {
      system: _,
      metadata: __,
      tools: ___,
      timeoutSeconds: ____,
      unattended: _____,
      volumes,
      ...inherited
    } = run.options
    const compaction = { ...run.agent.compaction, ...inherited.compaction, ...task.compaction }
    return await planRun(
      ctx,
      {
        tenantId,
        userId,
        version,
        model,
        segments: [{ role: 'user', content: [{ type: 'trusted-text', text: task.prompt }] }],
        options: { ...inherited, ...(Object.keys(compaction).length > 0 ? { compaction } : {}) },
        interactive: false,
        traceId,
        source: 'api',
        parent: {
          record: { id: run.id, agentId: run.agentId, rootRunId: run.rootId, depth: run.depth },
          volumes,
          toolUseId: run.toolUseId,
          index,
        },
        declaredVolumes: ctx.declaredVolumes(),
        limits,
        now: ctx.clock.now(),
      },
      null,
    )
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    return { index, agent: task.name, error: error.message } satisfies RefusedTask
  }
}

function started(record: RunRecord, tool_use_id: string): LogEvent {
  return {
    type: 'spawn_child_started',
    spawn_child: {
      tool_use_id,
      index: record.spawnIndex,
      run_id: record.id,
      agent_id: record.agentId,
      agent: record.agent,
    },
  }
}
