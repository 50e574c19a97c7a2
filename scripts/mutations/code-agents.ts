import type { Mutation } from './mutation.ts'

const folder = 'apps/runtime/src/models/providers/code-js'
const alone = [`${folder}/code-js.test.ts`]
const whole = ['apps/runtime/test/code-agents.test.ts']

/** JavaScript in place of a model: what it does again, and what it cannot do. */
export const codeAgents: Mutation[] = [
  {
    name: 'code/answers-whatever-is-asked',
    file: `${folder}/sandbox.ts`,
    find: 'if (answer?.call === call) {',
    replacement: 'if (answer) {',
    tests: alone,
  },
  {
    name: 'code/one-tenant-has-all-threads',
    file: `${folder}/code-workers.ts`,
    find: 'const MAX_OF_ONE = MAX_WORKERS - 1',
    replacement: 'const MAX_OF_ONE = MAX_WORKERS',
    tests: alone,
  },
  {
    name: 'code/goes-on-behind-a-call-that-it-caught',
    file: `${folder}/sandbox.ts`,
    find: 'if (stopped) throw new Stop()',
    replacement: '',
    tests: alone,
  },
  {
    name: 'code/fewer-calls-are-fine',
    file: `${folder}/sandbox.ts`,
    find: 'if (answered < work.answers.length) {',
    replacement: 'if (answered > work.answers.length) {',
    tests: alone,
  },
  {
    name: 'code/compared-with-the-log',
    file: `${folder}/to-work.ts`,
    find: 'const key = asked.reasoning ?? callKey(',
    replacement: 'const key = callKey(',
    tests: alone,
  },
  {
    name: 'code/begun-anew-by-what-is-said-meanwhile',
    file: `${folder}/to-work.ts`,
    find: "content.every((block) => block.type !== 'tool_result')",
    replacement: "content.some((block) => block.type === 'text')",
    tests: alone,
  },
  {
    name: 'code/time-of-the-machine',
    file: `${folder}/sandbox.ts`,
    find: 'time = work.startsAt',
    replacement: 'time = new Date().getTime()',
    tests: alone,
  },
  {
    name: 'code/no-limit-of-memory',
    file: `${folder}/sandbox.ts`,
    find: 'runtime.setMemoryLimit(MAX_MEMORY_BYTES)',
    replacement: 'runtime.setMemoryLimit(-1)',
    tests: alone,
  },
  {
    name: 'code/makes-code-of-text',
    file: `${folder}/prelude.ts`,
    find: 'delete getPrototypeOf(made).constructor',
    replacement: 'getPrototypeOf(made)',
    tests: alone,
  },
  {
    name: 'code/never-too-long',
    file: `${folder}/code-workers.ts`,
    find: 'answer.reject(new StepTooLongError())',
    replacement: 'undefined',
    tests: alone,
  },
  {
    name: 'code/sixteen-calls',
    file: 'apps/runtime/src/engine/loop/run-loop.ts',
    find: 'if (isCodeAgent(agent) || agent.unboundedIterations ||',
    replacement: 'if (agent.unboundedIterations ||',
    tests: whole,
  },
  {
    name: 'code/waits-for-ever',
    file: 'apps/runtime/src/engine/runs/plan-run.ts',
    find: 'const timeoutSeconds = asked.timeoutSeconds ?? usualSeconds(plan)',
    replacement: 'const timeoutSeconds = asked.timeoutSeconds',
    tests: whole,
  },
  {
    name: 'code/stored-unread',
    file: 'apps/runtime/src/areas/definitions/agents/agent-family.ts',
    find: 'if (wrong !== undefined) throw new ToolError(`overlay.code_body cannot',
    replacement: 'if (wrong === undefined) throw new ToolError(`overlay.code_body cannot',
    tests: whole,
  },
]
