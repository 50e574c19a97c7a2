import { type Aftermath, eventsOf } from '../aftermath.ts'
import { resultOf, type World, worldTools } from '../world.ts'

/** What was done outside agrees with what the log says was done. */
export function* toolComplaints(after: Aftermath, world: World): Generator<string> {
  for (const run of after.runs) {
    for (const { event } of eventsOf(after, run.id)) {
      if (event.type !== 'tool_result') continue
      const tool = worldTools.get(event.tool_use.name)
      if (!tool) continue
      const { id, name } = event.tool_use
      const times = world.effectsOf(run.id, id)
      const told = event.text
      if (!tool.idempotent && times > 1) yield `${name} ${id} was executed ${times} times`
      if (told === resultOf(name, id)) {
        if (times === 0) yield `${name} ${id} has a result and was never executed`
      } else if (!event.is_error) yield `${name} ${id} has the result "${told}"`
      else if (/nobody knows/.test(told)) {
        if (tool.idempotent) yield `${name} ${id} may be repeated, but was given up as unknown`
      } else if (!/cancelled|enough|client disconnected/.test(told)) yield `${name} ${id} ended with "${told}"`
    }
  }
}
