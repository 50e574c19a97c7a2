import type { Moment } from './moment.ts'
import type { ScriptedTurn } from './turn.ts'

const PLACEHOLDER = /\{\{\s*([\w.-]+)\s*\}\}/g
const ONLY_PLACEHOLDER = /^\{\{\s*([\w.-]+)\s*\}\}$/

/** The turn with `{{input}}` and `{{results.0.path}}` filled in. What names nothing stays, for its author to see. */
export function filledTurn(turn: ScriptedTurn, moment: Moment): ScriptedTurn {
  const words = (text: string | undefined) => (text === undefined ? undefined : fillWords(text, moment))
  return {
    ...turn,
    thinking: words(turn.thinking),
    text: words(turn.text),
    tool_calls: turn.tool_calls?.map((call) => ({ ...call, input: fill(call.input, moment) })),
    error: turn.error && { ...turn.error, message: fillWords(turn.error.message, moment) },
  }
}

function fill(value: unknown, moment: Moment): unknown {
  if (typeof value === 'string') return fillText(value, moment)
  if (Array.isArray(value)) return value.map((item) => fill(item, moment))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member, moment)]))
}

/** A text that is one placeholder becomes what it names, type and all: `delta: "{{results.0.value}}"` is a number. */
function fillText(text: string, moment: Moment): unknown {
  const whole = ONLY_PLACEHOLDER.exec(text)
  if (whole) {
    const found = named(whole[1]!, moment)
    return found === undefined ? text : found
  }
  return fillWords(text, moment)
}

function fillWords(text: string, moment: Moment): string {
  return text.replace(PLACEHOLDER, (placeholder, path: string) => {
    const found = named(path, moment)
    if (found === undefined) return placeholder
    return typeof found === 'string' ? found : JSON.stringify(found)
  })
}

function named(path: string, moment: Moment): unknown {
  if (path === 'input') return moment.input
  const [root, index, ...rest] = path.split('.')
  if (root !== 'results' || index === undefined) return undefined
  const result = moment.results[Number(index)]
  return rest.length === 0 ? result?.text : memberAt(result?.value, rest)
}

export function memberAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const key of path) {
    if (at === null || typeof at !== 'object' || !Object.hasOwn(at, key)) return undefined
    at = (at as Record<string, unknown>)[key]
  }
  return at
}
