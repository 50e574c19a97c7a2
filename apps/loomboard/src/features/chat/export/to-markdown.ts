import { formatMinute } from '../../../lib/format.ts'
import { summariseInput } from '../model/rows/tool-summary.ts'
import { fromText } from '../model/typed.ts'
import type { Part, ToolPart, Turn } from '../model/types.ts'

/** A conversation as somebody would read it: what was said, and in a line what was done. */
export function toMarkdown(title: string, turns: readonly Turn[]): string {
  return `${[`# ${title}`, ...turns.map(turnToMarkdown)].join('\n\n')}\n`
}

function turnToMarkdown(turn: Turn): string {
  const blocks = turn.parts.map(partToMarkdown).filter(Boolean)
  if (turn.input) blocks.unshift(inputToMarkdown(turn.input))
  if (turn.status === 'stopped') blocks.push('*Stopped.*')
  return blocks.join('\n\n')
}

function inputToMarkdown({ text: whole, at, pictures = [] }: NonNullable<Turn['input']>): string {
  const { text, files } = fromText(whole)
  const along = [...files.map(({ name }) => name), ...pictures.map(() => 'a picture')]
  const heading = `## You, ${formatMinute(at)}`
  return [heading, text, along.length > 0 && `*Attached: ${along.join(', ')}*`].filter(Boolean).join('\n\n')
}

function partToMarkdown(part: Part): string {
  switch (part.kind) {
    case 'text':
      return part.text.trim()
    case 'tool':
      return toolToMarkdown(part)
    case 'error':
      return `> **Failed:** ${quoted(part.text)}`
    case 'notice':
      return `> ${quoted(part.text)}`
    case 'compaction':
      return `> **Earlier conversation summarised**\n>\n> ${quoted(part.summary)}`
    case 'question':
      return `> **The agent asks:** ${quoted(part.question)}`
    default:
      return ''
  }
}

function toolToMarkdown(part: ToolPart): string {
  const about = summariseInput(part.name, part.input)
  const state = part.state === 'failed' ? ' (failed)' : part.state === 'stopped' ? ' (stopped)' : ''
  return `- **${part.name}**${about && ` ${about}`}${state}`
}

const quoted = (text: string) => text.trim().replaceAll('\n', '\n> ')
