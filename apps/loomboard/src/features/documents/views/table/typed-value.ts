import { inWords } from '../../../../lib/json-text.ts'
import { whenOf } from '../../model/dates.ts'

/** What somebody has typed, as a field of that kind has it; null takes it away. */
export type Typed = { value: unknown } | { problem: string }

export function typedValue(kind: string, text: string): Typed {
  const trimmed = text.trim()
  switch (kind) {
    case 'title':
      return trimmed === '' ? { problem: 'A chunk needs a title.' } : { value: trimmed }
    case 'status':
    case 'type':
      return { value: trimmed }
    case 'tags':
      return { value: tagsOf(trimmed) }
    case 'number': {
      if (trimmed === '') return { value: null }
      const number = Number(trimmed.replace(/^([+-]?\d+),(\d+)$/, '$1.$2'))
      return Number.isFinite(number) ? { value: number } : { problem: `“${trimmed}” is not a number.` }
    }
    case 'date':
      if (trimmed === '') return { value: null }
      return whenOf(trimmed) ? { value: trimmed } : { problem: 'A date is written like 2026-06-30.' }
    case 'url':
      if (trimmed === '') return { value: null }
      return URL.canParse(trimmed) ? { value: trimmed } : { problem: 'An address begins with https://.' }
    default:
      return { value: text === '' ? null : text }
  }
}

/** What is to be changed of a value, as a text. */
export function toTyped(kind: string, value: unknown): string {
  if (kind === 'tags') return Array.isArray(value) ? value.join(', ') : ''
  return value === null || value === undefined ? '' : inWords(value)
}

function tagsOf(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/^#/, '').trim())
  return [...new Set(tags.filter((tag) => tag !== ''))]
}
