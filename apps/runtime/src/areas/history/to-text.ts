import { type LogEvent, parseLogEvent, startsOver, typedText } from '../../engine/log/log-event.ts'
import type { LoggedEvent } from '../../engine/log/store.ts'

export type TextFormat = 'markdown' | 'conversation'

const longestResult = 2000

/** A conversation to read, made of its log row by row: what was said and, unless that is all, what the tools did. */
export class ConversationText {
  readonly #agent: string
  readonly #format: TextFormat
  #speaking = ''
  #isFirst = true

  constructor(agent: string, format: TextFormat) {
    this.#agent = agent
    this.#format = format
  }

  /** What the text goes on with; empty while a turn is not over. */
  add(row: LoggedEvent): string {
    const event = parseLogEvent(row)
    if (event.type === 'text') this.#speaking += event.text
    else if (startsOver.includes(event.type)) this.#speaking = ''
    else if (event.type === 'assistant_turn') return this.end()
    else {
      const part = event.type === 'user_input' ? said(typedText(event.segments)) : workIn(event, this.#format)
      if (part) return this.end() + this.#separated(part)
    }
    return ''
  }

  end(): string {
    const words = this.#speaking.trim()
    this.#speaking = ''
    return words === '' ? '' : this.#separated(`**${this.#agent}**\n\n${words}`)
  }

  #separated(part: string): string {
    const separator = this.#isFirst ? '' : '\n\n'
    this.#isFirst = false
    return separator + part
  }
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
  const longest = (text.match(/`+/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${text}\n${fence}`
}
