import { pictureNote } from '../picture-note.ts'
import { isObject } from '../tools/tool-input.ts'

/** What one delta, or one whole message, says. */
export interface Said {
  thinking: string
  text: string
  refusal: string
}

type Json = Record<string, unknown>

/** Services name thinking in four ways and mostly repeat it under two of them; contents are a string or a list of parts. */
export function saidIn(delta: Json): Said {
  const said: Said = { thinking: '', text: '', refusal: '' }
  said.thinking =
    wordsIn(delta.reasoning_content) ||
    wordsIn(delta.reasoning) ||
    wordsIn(delta.reasoning_details) ||
    wordsIn(delta.thinking)
  readContent(delta.content, said)
  said.text += wordsIn(isObject(delta.audio) ? delta.audio.transcript : undefined)
  for (const image of listOf(delta.images)) said.text += noteOf(image)
  said.refusal += wordsIn(delta.refusal)
  return said
}

/** Calls as they are today, and the one call of the protocol's first version. */
export function callsIn(delta: Json): unknown[] {
  const first = isObject(delta.function_call) ? [{ index: 0, function: delta.function_call }] : []
  return [...listOf(delta.tool_calls), ...first]
}

function readContent(content: unknown, said: Said) {
  for (const part of listOf(content)) {
    if (typeof part === 'string') said.text += part
    else if (isObject(part)) readPart(part, said)
  }
}

function readPart(part: Json, said: Said) {
  switch (part.type) {
    case 'thinking':
    case 'reasoning':
      said.thinking += wordsIn(part.thinking) || wordsIn(part.reasoning) || wordsIn(part.text)
      break
    case 'refusal':
      said.refusal += wordsIn(part.refusal)
      break
    case 'image':
    case 'image_url':
    case 'output_image':
      said.text += noteOf(part)
      break
    default:
      said.text += wordsIn(part.text)
  }
}

/** A string, the text of a part, or all of those in a list. */
function wordsIn(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(wordsIn).join('')
  if (!isObject(value)) return ''
  return wordsIn(value.text) || wordsIn(value.summary) || wordsIn(value.value)
}

function noteOf(image: unknown): string {
  if (!isObject(image)) return ''
  return pictureNote(isObject(image.image_url) ? image.image_url.url : (image.image_url ?? image.url))
}

function listOf(value: unknown): unknown[] {
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
