import { inWords } from '../../../lib/json-text.ts'
import { type When, whenOf } from './dates.ts'

/** A declared field, as far as showing it needs to know. */
export interface FieldSpec {
  name: string
  kind: string
  options: readonly string[]
  /** No chunk of its type is without it. */
  required?: true
}

export interface FieldChip {
  name: string
  kind: string
  text: string
  /** Only addresses that may be opened. */
  href?: string
  /** It is over, and the chunk is not done. */
  overdue?: boolean
  /** Which of the colours a choice has, from 0. */
  hue?: number
}

const hues = 6

/** A field’s name as it is read: due_date is due date. */
export function humanName(name: string): string {
  return name.replaceAll('_', ' ')
}

/** Fields as somebody declared them: names, or objects; whatever else is there is left out. */
export function parseSpecs(declared: unknown): FieldSpec[] {
  if (!Array.isArray(declared)) return []
  return declared.flatMap((entry: unknown) => {
    const spec = (typeof entry === 'string' ? { name: entry } : entry) as Record<string, unknown> | null
    const name = spec?.name ?? spec?.key
    if (typeof name !== 'string') return []
    const options = spec?.options ?? spec?.values
    return [
      {
        name,
        kind: String(spec?.kind ?? spec?.type ?? 'text'),
        options: (Array.isArray(options) ? options : []).map((option) =>
          String(option?.value ?? option?.name ?? option),
        ),
        ...(spec?.required === true ? { required: true as const } : {}),
      },
    ]
  })
}

/** The fields of a chunk: declared ones in their order, others after them; empty ones are left out. */
export function fieldChips(
  fields: Readonly<Record<string, unknown>> | undefined,
  specs: readonly FieldSpec[],
  { now, done }: { now: number; done: boolean },
): FieldChip[] {
  const known = new Map(specs.map((spec) => [spec.name, spec]))
  const names = [...known.keys(), ...Object.keys(fields ?? {}).filter((name) => !known.has(name))]
  return names.flatMap((name) => {
    const value = fields?.[name]
    if (value === undefined || value === null || value === '' || value === false) return []
    return [toChip(name, value, known.get(name), now, done)]
  })
}

function toChip(name: string, value: unknown, spec: FieldSpec | undefined, now: number, done: boolean): FieldChip {
  const kind = spec?.kind ?? 'text'
  const text = inWords(value)
  switch (kind) {
    case 'date': {
      const at = whenOf(text)
      if (!at) return { name, kind, text }
      return { name, kind, text: formatDate(at, now), ...(!done && at.until < now ? { overdue: true } : {}) }
    }
    case 'url':
      return /^(?:https?|mailto):/i.test(text) && URL.canParse(text)
        ? { name, kind, text: shortUrl(text), href: text }
        : { name, kind, text }
    case 'select': {
      const at = spec?.options.indexOf(text) ?? -1
      // Two fields side by side do not begin with the same colour.
      return { name, kind, text, hue: ((at < 0 ? text.length : at) + name.length) % hues }
    }
    case 'checkbox':
      return { name, kind, text: humanName(name) }
    case 'number':
      return { name, kind, text: typeof value === 'number' ? value.toLocaleString('en') : text }
    default:
      return { name, kind, text }
  }
}

function formatDate({ date, hasTime }: When, now: number): string {
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return date.toLocaleString('en', {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
    ...(hasTime ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : {}),
  })
}

function shortUrl(text: string): string {
  const { host, pathname, protocol } = new URL(text)
  return protocol === 'mailto:' ? pathname : host.replace(/^www\./, '') + pathname.replace(/\/$/, '')
}
