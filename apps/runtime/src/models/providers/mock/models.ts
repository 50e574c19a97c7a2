import { type Circuit, scoreOf } from './circuit.ts'

export interface MockCall {
  name: string
  input: unknown
}

/** What a model says at one step: a call, or its last words. */
export type MockTurn = MockCall | { text: string }

type Step = (circuit: Circuit) => MockCall

const waitMs = 120_000

const remember = (key: string, value: unknown): MockCall => ({
  name: 'Memory',
  input: { op: 'set', scope: 'user', key, value },
})
const recall = (key: string): MockCall => ({ name: 'Memory', input: { op: 'get', scope: 'user', key } })
const publish = (channel: string, value: unknown): MockCall => ({
  name: 'Channel',
  input: { op: 'publish', channel, value },
})
const waitFor = (channel: string): MockCall => ({
  name: 'Channel',
  input: { op: 'subscribe', channel, wait_ms: waitMs, max_messages: 1 },
})

const researcher: Step[] = [
  ({ id }) => remember(`${id}-research`, { circuit_id: id, findings: `What there is to know about ${id}.` }),
  ({ id }) => publish(`research-done/${id}`, { circuit_id: id }),
]

const editor: Step[] = [
  ({ id }) => waitFor(`research-done/${id}`),
  ({ id }) => recall(`${id}-research`),
  ({ id }) =>
    remember(`${id}-research-edited`, { circuit_id: id, text: `What there is to know about ${id}, in order.` }),
  () => ({ name: 'Context', input: { op: 'self' } }),
  ({ id, results }) => publish(`editing-done/${id}`, { circuit_id: id, editor_run_id: textAt(results[3], 'run_id') }),
]

const evaluator: Step[] = [
  ({ id }) => waitFor(`editing-done/${id}`),
  ({ id }) => recall(`${id}-research`),
  ({ id }) => recall(`${id}-research-edited`),
  ({ id }) => remember(`${id}-research-scored`, { circuit_id: id, score: scoreOf(id) }),
  ({ id, results }) => ({
    name: 'Evaluation',
    input: {
      op: 'submit',
      run_id: textAt(results[0], 'messages', '0', 'value', 'editor_run_id'),
      score: scoreOf(id),
      rationale: `As good as ${id} can be.`,
    },
  }),
]

const memorySearch: Step[] = [
  ({ id }) => ({ name: 'Memory', input: { op: 'search', scope: 'user', query: `What is known about ${id}?` } }),
]

const models: Record<string, Step[]> = {
  'mock-researcher': researcher,
  'mock-editor': editor,
  'mock-evaluator': evaluator,
  'mock-generic': [],
  'mock-mem-search': memorySearch,
}

export const modelNames = Object.keys(models)

/** Undefined for a model that there is not. The step is how many calls have been answered. */
export function turnOf(model: string, circuit: Circuit): MockTurn | undefined {
  const steps = Object.hasOwn(models, model) ? models[model] : undefined
  if (!steps) return undefined
  const step = steps[circuit.results.length]
  return step ? step(circuit) : { text: steps.length === 0 ? 'ok' : `Done with ${circuit.id}.` }
}

function textAt(value: unknown, ...path: string[]): string {
  let at = value
  for (const key of path) at = (at as Record<string, unknown> | null | undefined)?.[key]
  return typeof at === 'string' ? at : ''
}
