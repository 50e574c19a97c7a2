import type { ProviderEvent, ToolSpec } from '../provider.ts'
import { fitToSchema } from './fit-to-schema.ts'
import { readSloppyJson } from './sloppy-json.ts'
import { isObject } from './tool-input.ts'

type Call = Extract<ProviderEvent, { type: 'tool_call' }>

/**
 * A call as the model meant it, where that is certain: the name of a tool that was offered in other letters, arguments
 * that are JSON but for a comma, a number that was written as text. Anything else stays as it is, and the model is told.
 */
export function mendCall(call: Call, tools: readonly ToolSpec[]): Call {
  const tool = toolMeant(call.name, tools)
  if (tool === undefined) return call
  const input = typeof call.input === 'string' ? (objectIn(call.input) ?? call.input) : call.input
  return {
    ...call,
    name: tool.name,
    input: isObject(input) ? fitToSchema(input, tool.input_schema) : input,
  }
}

/** Templates of some models have their tools in a namespace. */
const NAMESPACE = /^(?:functions?|tools?|default_api)[.:/]/i

function toolMeant(name: string, tools: readonly ToolSpec[]): ToolSpec | undefined {
  const exact = tools.find((tool) => tool.name === name)
  if (exact) return exact
  const meant = plainName(name)
  const [only, ...others] = tools.filter((tool) => plainName(tool.name) === meant)
  return others.length === 0 ? only : undefined
}

/** Words that gpt-oss says beside a name, and servers take for a part of it. */
const BESIDE = /<\|[\s\S]*$/

function plainName(name: string): string {
  return name.replace(BESIDE, '').trim().replace(NAMESPACE, '').toLowerCase()
}

/** Quoted once or twice too often, or not quite JSON. */
function objectIn(text: string): Record<string, unknown> | undefined {
  let value: unknown = text
  for (let depth = 0; depth < 4 && typeof value === 'string'; depth++) value = readSloppyJson(value)
  return isObject(value) ? value : undefined
}
