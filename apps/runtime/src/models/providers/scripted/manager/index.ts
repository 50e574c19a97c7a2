import { quoted } from '../demo/words.ts'
import { type Moment, momentOf, type ToolResult } from '../moment.ts'
import { memberAt } from '../template.ts'
import type { Pace, ScriptedCall, ScriptedModel, ScriptedTurn } from '../turn.ts'
import { type Target, targetIn, type Wish, wishIn } from './wish.ts'

const PACE: Pace = { chunk_chars: 24, delay_ms: 16 }
const TRIES = 4
const NOTE = 'I follow a script: what I do to the document is real, and of what you say I understand a few sentences.'
const ABILITIES =
  'I can *move it to* a column, *rename it to* something, *tag it* with a word, *note* a sentence at its end, *add a card* with a title, and *delete* it, for which I ask first.'
const KEEP = 'Keep it'

interface Chunk {
  id: string
  title: string
  revision: number
  body: string
  status?: string
}

/** Does a few things to the document that a message is about, without a model: it reads first and writes little. */
export const manager: ScriptedModel = (request) => ({ pace: PACE, ...managerTurn(momentOf(request)) })

function managerTurn(moment: Moment): ScriptedTurn {
  const target = targetIn(moment.input)
  if (!target) return { text: `Which document do you mean? A message to me names one, or a card of it.\n\n${NOTE}` }
  const wish = wishIn(moment.input)
  if (moment.turn > 0 && moment.results.length === 0) return { text: failed('no tools') }
  if (wish.kind === 'create') return create(wish.title, target, moment.results)
  return target.ids.length === 0 ? tellDocument(target, moment.results) : workOnAll(wish, target.ids, moment.results)
}

function create(title: string, { document }: Target, [found, made]: readonly ToolResult[]): ScriptedTurn {
  if (!found) return { text: 'I look which document that is.', tool_calls: [call('get_document', document)] }
  const document_id = memberAt(found.value, ['document_id'])
  if (found.isError || typeof document_id !== 'string') return { text: failed(found.text) }
  const parent_id = memberAt(found.value, ['root_chunk_id'])
  if (!made) return { tool_calls: [call('create_chunk', { document_id, parent_id, title })] }
  if (made.isError) return { text: failed(made.text) }
  return { text: `I added ${quoted(title)} at the end of the document. It stands in no column yet.\n\n${NOTE}` }
}

function tellDocument({ document }: Target, [found]: readonly ToolResult[]): ScriptedTurn {
  if (!found) return { text: 'I look at the document.', tool_calls: [call('get_document', document)] }
  if (found.isError) return { text: failed(found.text) }
  const [title, count] = ['title', 'chunk_count'].map((key) => memberAt(found.value, [key]))
  return {
    text: `This is ${quoted(String(title))}, with ${count === 1 ? 'one chunk' : `${Number(count)} chunks`}. Open or select a card, and tell me what is to become of it. ${ABILITIES}\n\n${NOTE}`,
  }
}

/** One after the other. */
function workOnAll(wish: Wish, ids: readonly string[], results: readonly ToolResult[]): ScriptedTurn {
  const unread = [...results]
  const said: string[] = []
  for (const id of ids) {
    const turn = work(wish, id, () => unread.shift())
    if (turn.tool_calls) return turn
    said.push(turn.text ?? '')
  }
  return { text: [...said, ...(wish.kind === 'tell' ? [ABILITIES] : []), NOTE].join('\n\n') }
}

/** Reads, writes, and where somebody was faster reads again and writes once more. */
function work(wish: Wish, id: string, read: () => ToolResult | undefined): ScriptedTurn {
  const look: ScriptedCall[] = [call('get_chunk', { id })]
  let reading = read()
  if (!reading) return { text: 'I read it first.', tool_calls: look }
  for (let tries = 1; ; tries++) {
    const chunk = toChunk(reading)
    if (!chunk) return { text: unchanged(reading.text) }
    if (wish.kind === 'tell') return { text: told(chunk) }
    // What has changed since was not agreed to.
    if (wish.kind === 'delete') {
      const answer = read()
      if (!answer) return { tool_calls: [ask(chunk)] }
      if (memberAt(answer.value, ['answer']) !== goes(chunk)) {
        return { text: `${quoted(chunk.title)} stays as it is.` }
      }
    }
    const written = read()
    if (!written) return { tool_calls: [write(wish, chunk)] }
    if (!written.isError) return { text: done(wish, chunk) }
    if (!written.text.includes('revision conflict')) return { text: unchanged(written.text) }
    if (tries === TRIES) return { text: unchanged('it changed every time I wrote to it') }
    reading = read()
    if (!reading) return { text: 'Somebody was faster than me. I read again before I write.', tool_calls: look }
  }
}

function toChunk({ isError, value }: ToolResult): Chunk | undefined {
  const chunk = value as Partial<Chunk> | undefined
  if (isError || typeof chunk?.id !== 'string' || typeof chunk.revision !== 'number') return undefined
  return { ...chunk, id: chunk.id, title: chunk.title ?? '', revision: chunk.revision, body: chunk.body ?? '' }
}

function write(wish: Wish, { id, revision, body }: Chunk): ScriptedCall {
  switch (wish.kind) {
    case 'move':
      return call('move_card', { id, revision, status: wish.status })
    case 'rename':
      return call('update_chunk', { id, revision, title: wish.title })
    case 'tag':
      return call('update_chunk', { id, revision, add_tags: [wish.tag] })
    case 'append':
      return call('update_chunk', { id, revision, body: [body.trimEnd(), wish.text].filter(Boolean).join('\n\n') })
    default:
      return call('delete_chunk', { id, revision })
  }
}

function done(wish: Wish, { title, status }: Chunk): string {
  const name = quoted(title)
  switch (wish.kind) {
    case 'move':
      return `I moved ${name} ${status ? `from ${quoted(status)} ` : ''}to ${quoted(wish.status)}.`
    case 'rename':
      return `${name} is called ${quoted(wish.title)} now.`
    case 'tag':
      return `${name} has the tag ${quoted(wish.tag)} now.`
    case 'append':
      return `I added a sentence at the end of ${name}; what stood there stays as it was.`
    default:
      return `I deleted ${name}, as you said. It can be brought back from the history of this run.`
  }
}

function ask(chunk: Chunk): ScriptedCall {
  const question = `Shall I delete ${chunk.title || 'this'}, with what is under it?`
  return { name: 'Interruption', input: { op: 'ask', question, options: [goes(chunk), KEEP] } }
}

const goes = ({ title }: Chunk) => `Delete ${title || 'it'}`.slice(0, 80)

function told({ title, status, body }: Chunk): string {
  const length = body.trim() === '' ? 'no text yet' : `a text of ${body.trim().split(/\s+/).length} words`
  const place = status ? `in the column ${quoted(status)}` : 'in no column'
  return `This is ${quoted(title)}, ${place}, with ${length}. I changed nothing.`
}

function failed(problem: string): string {
  return `${unchanged(problem)}\n\n${NOTE}`
}

function unchanged(problem: string): string {
  return `I changed nothing: ${quoted(problem, 200)}.`
}

function call(op: string, input: object): ScriptedCall {
  return { name: 'Document', input: { op, scope: 'user', ...input } }
}
