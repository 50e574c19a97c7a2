import { type LogEvent, parseLogEvent, typedText } from '../log/log-event.ts'
import type { LoggedEvent } from '../log/store.ts'

export type TextFormat = 'markdown' | 'conversation'

const longestResult = 2000

/** A conversation to read: what was said and, unless that is all, what the tools did. */
export function toText(rows: readonly LoggedEvent[], agent: string, format: TextFormat): string {
  const parts: string[] = []
  let speaking = ''
  const endTurn = () => {
    if (speaking.trim() !== '') parts.push(`**${agent}**\n\n${speaking.trim()}`)
    speaking = ''
  }
  for (const row of rows) {
    const event = parseLogEvent(row)
    if (event.type === 'text') speaking += event.text
    else if (event.type === 'retry') speaking = ''
    else if (event.type === 'assistant_turn') endTurn()
    else {
      const part = event.type === 'user_input' ? said(typedText(event.segments)) : workIn(event, format)
      if (!part) continue
      endTurn()
      parts.push(part)
    }
  }
  endTurn()
  return parts.join('\n\n')
}

function said(text: string): string | undefined {
  return text.trim() === '' ? undefined : `**User**\n\n${text.trim()}`
}

function workIn(event: LogEvent, format: TextFormat): string | undefined {
  if (event.type === 'context_compaction') return `*Earlier, in short:* ${event.context_compaction.summary}`
  if (event.type === 'error') return `*Error:* ${event.error}`
  if (format === 'conversation') return undefined
  if (event.type === 'tool_call')
    return `*Call of ${event.tool_use.name}*\n\n${fenced(JSON.stringify(event.tool_use.input))}`
  if (event.type !== 'tool_result') return undefined
  const text = event.text.length > longestResult ? `${event.text.slice(0, longestResult).toWellFormed()}…` : event.text
  return `*${event.is_error ? 'Error' : 'Result'} of ${event.tool_use.name}*\n\n${fenced(text)}`
}

/** A fence longer than any run of backticks inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
