import type { ContextOp } from '../deps.ts'

export function tools(): ContextOp<'tools'> {
  return async ({ run }) => {
    const list = [...run.tools.values()].map(({ name, description, sideEffects }) => ({
      name,
      description,
      side_effect_class: sideEffects,
    }))
    return { tools: list, count: list.length }
  }
}
