import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { Compaction } from './runs.ts'
import { Bool, Int, object, optional, Text } from './schema.ts'

const spawn = {
  name: Text('Name of the agent.'),
  prompt: Type.String({
    minLength: 1,
    description: 'The task. All the sub-agent knows of this conversation is what stands here.',
  }),
  def_id: optional(Text('A version of that agent; the one in use unless given.')),
  compaction: optional(Compaction),
}

export const agentOps = opSet({
  tool: 'Agent',
  description: 'Give work to other agents and get their answers.',
  defaultOp: 'spawn',
  access: 'run',
  ops: {
    spawn: op({
      name: 'spawn',
      description: 'Run one agent on a task and wait for its answer.',
      idempotent: false,
      effect: 'apart',
      input: object('AgentSpawnInput', spawn),
      output: object('AgentSpawnOutput', { text: Text() }),
    }),
    parallel_spawn: op({
      name: 'parallel_spawn',
      description: 'Run several agents side by side; the results come in the order of the tasks, failures among them.',
      idempotent: false,
      effect: 'apart',
      input: object('AgentParallelSpawnInput', {
        spawns: Type.Array(object('AgentSpawnTask', spawn), { minItems: 1, maxItems: 32 }),
      }),
      output: object('AgentParallelSpawnOutput', {
        results: Type.Array(
          object('AgentSpawnResult', {
            index: Int(),
            agent: Text(),
            ok: Bool(),
            output: optional(Text()),
            error: optional(Text()),
          }),
        ),
      }),
    }),
  },
})
