import type { ModelRequest } from '../../provider.ts'
import { cell, quoted } from '../demo/words.ts'
import { type Moment, momentOf, type ToolResult } from '../moment.ts'
import type { ScriptedModel, ScriptedTurn } from '../turn.ts'
import { draftFor, type Publication } from './draft-text.ts'
import { query, rowsOf } from './rows.ts'

const MOST = 5
const TRIES = 4
const NOTE = 'I follow a script: what I do to the cards is real, what I write into them is a template.'

/** Takes the next scheduled publications, writes a draft into each and moves it on. */
export const drafter: ScriptedModel = (request) => drafterTurn(momentOf(request), cardIn(request))

function drafterTurn(moment: Moment, card: string | undefined): ScriptedTurn {
  const [asked, ...rest] = moment.results
  if (moment.turn === 0 || !asked) return moment.turn === 0 ? look(card ?? moment.input) : { text: cannot('no tools') }
  if (asked.isError) return { text: cannot(asked.text) }
  const found = rowsOf(asked).map(toPublication)
  if (found.length === 0) return { text: nothingToDo(card, moment.input) }
  return workOn(found, rest)
}

/** The one that a run was started with. */
function cardIn({ messages }: ModelRequest): string | undefined {
  const texts = messages.flatMap(({ content }) =>
    content.flatMap((block) => (block.type === 'text' ? [block.text] : [])),
  )
  const trusted = texts.filter((text) => !text.startsWith('<untrusted'))
  return trusted.flatMap((text) => /The card is the chunk ([0-9a-f]{32})\b/.exec(text)?.[1] ?? [])[0]
}

function look(input: string): ScriptedTurn {
  const id = /\b[0-9a-f]{32}\b/.exec(input)?.[0]
  const until = /\b\d{4}-\d{2}-\d{2}\b/.exec(input)?.[0]
  const wanted = id || until ? MOST : Number(/\b([1-9])\b/.exec(input)?.[1] ?? 1)
  const conditions = ["type='publication'", "status='scheduled'"]
  if (id) conditions.push(`id = '${id}'`)
  if (until) conditions.push(`date <= '${until}'`)
  return {
    text: 'Let me see what is scheduled.',
    tool_calls: [
      query(
        `SELECT * FROM chunks WHERE ${conditions.join(' AND ')} ORDER BY document_id, rank, id LIMIT ${Math.min(wanted, MOST)}`,
      ),
    ],
  }
}

interface Work {
  pending: Publication[]
  written: Publication[]
  left: string[]
}

/** Goes through what has happened so far, and does what comes after it. */
function workOn(found: readonly Publication[], results: readonly ToolResult[]): ScriptedTurn {
  const work: Work = { pending: [...found], written: [], left: [] }
  const unread = [...results]
  for (let tries = 1; work.pending.length > 0; tries++) {
    const updates = unread.splice(0, work.pending.length)
    if (updates.length === 0) return write(work.pending, tries)
    const outdated = settle(work, updates)
    if (outdated.length === 0) break
    if (tries === TRIES) {
      work.left.push(...outdated.map(({ title }) => `${quoted(title)}: it changed every time I wrote to it`))
      break
    }
    const readings = unread.splice(0, outdated.length)
    if (readings.length === 0) return readAgain(outdated)
    work.pending = stillScheduled(work, outdated, readings)
  }
  return { text: report(work) }
}

function write(pending: readonly Publication[], tries: number): ScriptedTurn {
  const titles = pending.map(({ title }) => quoted(title)).join(', ')
  return {
    text: tries === 1 ? `Next ${pending.length === 1 ? 'is' : 'are'} ${titles}.` : 'Once more, on what is there now.',
    tool_calls: pending.map((publication) => ({
      name: 'Document',
      input: {
        op: 'update_chunk',
        scope: 'user',
        id: publication.id,
        revision: publication.revision,
        body: draftFor(publication),
        status: 'drafted',
      },
    })),
  }
}

/** Those that somebody else has changed meanwhile. */
function settle(work: Work, updates: readonly ToolResult[]): Publication[] {
  const outdated: Publication[] = []
  for (const [i, publication] of work.pending.entries()) {
    const update = updates[i]
    if (update && !update.isError) work.written.push({ ...publication, ...(update.value as Publication) })
    else if (update?.text.includes('revision conflict')) outdated.push(publication)
    else work.left.push(`${quoted(publication.title)}: ${cell(update?.text ?? 'no answer')}`)
  }
  return outdated
}

function readAgain(outdated: readonly Publication[]): ScriptedTurn {
  return {
    text: 'Somebody was faster than me. I read again before I write.',
    tool_calls: outdated.map(({ id }) => ({ name: 'Document', input: { op: 'get_chunk', scope: 'user', id } })),
  }
}

function stillScheduled(work: Work, outdated: readonly Publication[], readings: readonly ToolResult[]): Publication[] {
  return outdated.flatMap(({ title }, i) => {
    const reading = readings[i]
    const chunk = reading && !reading.isError ? (reading.value as Publication & { status?: string }) : undefined
    if (chunk?.status === 'scheduled') return [{ ...chunk, body: chunk.body ?? '', fields: chunk.fields ?? {} }]
    work.left.push(`${quoted(title)}: ${chunk ? `somebody made it ${cell(chunk.status ?? 'open')}` : 'it is gone'}`)
    return []
  })
}

function toPublication(row: Record<string, unknown>): Publication {
  return {
    id: String(row.id),
    title: String(row.title),
    revision: Number(row.revision),
    body: String(row.body ?? ''),
    fields: typeof row.fields === 'string' ? JSON.parse(row.fields) : {},
  }
}

function report({ written, left }: Work): string {
  const lines = written.map(
    ({ id, title, revision, fields }) => `| ${cell(title)} | ${cell(fields?.date ?? '')} | ${cell(id)} | ${revision} |`,
  )
  const done =
    lines.length === 0
      ? 'I drafted nothing.'
      : `Drafted ${lines.length === 1 ? 'one publication' : `${lines.length} publications`}, now waiting for a person to read:\n\n| Publication | Date | Card | Revision |\n|---|---|---|---|\n${lines.join('\n')}`
  const rest = left.length === 0 ? '' : `\n\nLeft as they are:\n\n${left.map((line) => `- ${line}`).join('\n')}`
  return `${done}${rest}\n\n${NOTE}`
}

function nothingToDo(card: string | undefined, input: string): string {
  const what = card === undefined ? `Nothing that fits ${quoted(input)} is scheduled` : 'This card is not scheduled'
  return `${what}. I take chunks of the type \`publication\` with the status \`scheduled\`, from the top of their column.\n\n${NOTE}`
}

function cannot(problem: string): string {
  return `I could not look for publications: ${cell(problem)}. I need documents with chunks of the type \`publication\` that have a date.\n\n${NOTE}`
}
