import type { ModelRequest } from '../../../apps/runtime/src/models/providers/provider.ts'
import type { ScriptedModel } from '../../../apps/runtime/src/models/providers/scripted/turn.ts'
import type { TeamGraph, TeamRun } from '../../../packages/proto/src/index.ts'
import type { Aftermath } from '../aftermath.ts'
import type { Client } from '../client.ts'
import type { Scenario } from '../scenario.ts'
import { expectRuns } from './expect.ts'

const textOf = ({ messages }: ModelRequest) =>
  messages.flatMap(({ content }) => content.flatMap((block) => ('text' in block ? [block.text] : []))).join('\n')

/** What each says depends on what it is told alone, so that it says the same whichever process asks. */
const models: Record<string, ScriptedModel> = {
  drafter: (request) => ({ text: textOf(request).includes('was pushed back') ? 'Second.' : 'First.' }),
  facts: () => ({ text: 'Right.' }),
  style: (request) => ({ text: textOf(request).includes('First.') ? 'No.\nresult: pushback: long' : 'Fine.' }),
  editor: () => ({ text: 'Merged.' }),
}

const working: TeamGraph = {
  entry: 'draft',
  states: [
    { state: 'draft', handler: { kind: 'agent', agent: 'drafter' } },
    { state: 'check', handler: { kind: 'parallel', agents: ['facts', 'style'] } },
    { state: 'merge', handler: { kind: 'consolidator', agent: 'editor' } },
    { state: 'posted', handler: { kind: 'terminal' } },
  ],
  transitions: [
    { from: 'draft', to: 'check', on: 'success' },
    { from: 'check', to: 'merge', on: 'success' },
    { from: 'check', to: 'draft', on: 'pushback:long' },
    { from: 'merge', to: 'posted', on: 'success' },
  ],
}

const reviewed: TeamGraph = {
  ...working,
  states: [...working.states!, { state: 'review', handler: { kind: 'person' } }],
  transitions: [
    ...working.transitions!.slice(0, 3),
    { from: 'merge', to: 'review', on: 'success' },
    { from: 'review', to: 'posted', on: 'success' },
  ],
}

const steps = ['draft', 'check', 'draft', 'check', 'merge']

async function define(client: Client, overlay: TeamGraph): Promise<void> {
  const input = { op: 'create', name: 'launch', overlay }
  await client.op('define a team', 'TeamDef', input)
}

/** A card goes through a graph, back once, and on when a person lets it: each step is taken once, wherever the process dies. */
export const team: Scenario = {
  name: 'team',
  setup: () => ({ models }),
  async play(client) {
    await define(client, reviewed)
    const document_id = await client.document('Plan')
    const put = (chunk: object) => client.put({ document_id, natural_key: 'A', title: 'A', ...chunk })
    const { id } = await put({})
    const input = { op: 'run', name: 'launch', board_chunk_id: id, wait: false }
    const { team_run_id } = (await client.opOnce('run a team', 'TeamDef', input)) as TeamRun
    await client.until('a person has it', async () => (await statusOf(client, team_run_id)) === 'waiting')
    await put({ status: 'posted' })
    await client.until('it is over', async () => (await statusOf(client, team_run_id)) === 'completed')
  },
  *complaints(after) {
    yield* expectRuns(after, 7)
    yield* expectSteps(after, [...steps, 'review'])
    const moves = after.moves.map(({ status }) => status).join()
    if (moves !== 'draft,check,draft,check,merge,review,posted') yield `the card went ${moves}`
  },
}

/** The same for an agent that waits for a team. */
export const teamOfAgent: Scenario = {
  name: 'team-of-agent',
  setup: () => ({
    models: {
      ...models,
      boss: ({ messages }) => {
        const [last] = messages.at(-1)!.content
        const hasAnswer = last?.type === 'tool_result'
        const input = { op: 'run', name: 'launch', input: 'Go.' }
        return hasAnswer ? { text: 'Done.' } : { tool_calls: [{ name: 'TeamDef', input }] }
      },
    },
  }),
  async play(client) {
    await define(client, working)
    const run = await client.start({ agent: 'boss', prompt: 'Go.' })
    await client.ended(run)
  },
  *complaints(after) {
    yield* expectRuns(after, 8)
    yield* expectSteps(after, steps)
  },
}

/** It is ended while two work for it: they end, and nothing begins any more. */
export const teamEnded: Scenario = {
  name: 'team-ended',
  setup: () => ({
    models: { ...models, facts: () => ({ text: 'Hm', hold: true }), style: () => ({ text: 'Hm', hold: true }) },
  }),
  async play(client) {
    await define(client, working)
    const { team_run_id } = (await client.opOnce('run a team', 'TeamDef', {
      ...{ op: 'run', name: 'launch', input: 'Go.', wait: false },
    })) as TeamRun
    await client.until('both are at it', async () => (await client.count('working')) === 2)
    await client.op('end it', 'TeamDef', { op: 'cancel_run', team_run_id })
    await client.until('they have ended', async () => (await client.count('ended')) === 3)
  },
  *complaints(after) {
    yield* expectRuns(after, 3)
    const [run] = after.teamRuns
    if (run?.status !== 'cancelled') yield `the run of the team is ${run?.status}`
  },
}

async function statusOf(client: Client, id: string): Promise<string | undefined> {
  const [row] = await client.process.rows<{ status: string }>(`select status from team_runs where id = '${id}'`)
  return row?.status
}

function* expectSteps({ teamRuns, teamSteps }: Aftermath, states: readonly string[]): Generator<string> {
  if (teamRuns.length !== 1) yield `there are ${teamRuns.length} runs of the team`
  for (const { id, status, ended_at } of teamRuns) {
    if (status !== 'completed' || ended_at === null) yield `${id} is ${status}`
  }
  const taken = teamSteps.map(({ state }) => state).join()
  if (taken !== states.join()) yield `the steps are ${taken}`
  for (const { step, ended_at } of teamSteps) if (ended_at === null) yield `step ${step} is not over`
}
