import type { Fail } from './failures.ts'
import { isObject } from './tools/tool-input.ts'

/** Both services answer `{ data: [{ id }] }`. */
export function listIds(answer: unknown, fail: Fail): string[] {
  const data = isObject(answer) ? answer.data : undefined
  // Ollama without a single model answers null.
  if (data === null) return []
  if (!Array.isArray(data)) throw fail('permanent', 'the list of models could not be read')
  return data.flatMap((model) => (isObject(model) && typeof model.id === 'string' ? [model.id] : []))
}
