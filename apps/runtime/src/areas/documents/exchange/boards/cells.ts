import { type FieldKind, isDate, isUrl } from '../../chunks/field-kinds.ts'

const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/
const spelled = /^([A-Z][a-z]{2})[a-z]{0,6} (\d{1,2}),? (\d{4})$/
/** As `Date` writes itself. */
const ofScripts = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT([+-]\d{2})(\d{2})/
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const longestDate = 100

/** A date as fields have it; undefined where it is none, or could be read in two ways. */
export function toDate(text: string): string | undefined {
  if (text.length > longestDate) return undefined
  const date = fromIso(text) ?? fromSpelled(text) ?? fromScript(text)
  return date !== undefined && isDate(date) ? date.replace(/T00:00(?::00(?:\.0+)?)?(?:Z|\+00:00)?$/, '') : undefined
}

function fromIso(text: string): string | undefined {
  const [, day, time, zone = ''] = iso.exec(text) ?? []
  if (day === undefined || time === undefined) return day
  return `${day}T${time}${zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')}`
}

function fromSpelled(text: string): string | undefined {
  const [, month = '', day = '', year] = spelled.exec(text) ?? []
  return year === undefined ? undefined : dayOf(year, month, day)
}

function fromScript(text: string): string | undefined {
  const [, month = '', day = '', year = '', time, hours, minutes] = ofScripts.exec(text) ?? []
  return time === undefined ? undefined : `${dayOf(year, month, day)}T${time}${hours}:${minutes}`
}

function dayOf(year: string, month: string, day: string): string {
  return `${year}-${twoDigits(String(months.indexOf(month) + 1))}-${twoDigits(day)}`
}

function twoDigits(text: string): string {
  return text.padStart(2, '0')
}

/** The moment as fields have it; undefined where there is none. */
export function toMoment(milliseconds: unknown): string | undefined {
  if (typeof milliseconds !== 'number' || !(Math.abs(milliseconds) < 8.64e15)) return undefined
  return toDate(new Date(milliseconds).toISOString())
}

/** Only what is written back the same: `007` is a name. */
export function toNumber(text: string): number | undefined {
  const number = /^-?\d{1,15}(?:\.\d{1,6})?$/.test(text) ? Number(text) : undefined
  return number !== undefined && /^-?0\d/.test(text) ? undefined : number
}

/** What a text of a table is as a field of this kind; undefined where it is not of its kind. */
export function asKind(kind: FieldKind, text: string): unknown {
  switch (kind) {
    case 'number':
      return toNumber(text)
    case 'date':
      return toDate(text)
    case 'url':
      return isUrl(text) ? text : undefined
    case 'checkbox':
      return toCheck(text)
    default:
      return text
  }
}

function toCheck(text: string): boolean | undefined {
  const word = text.length > 5 ? '' : text.toLowerCase()
  return word === 'true' || word === 'yes' ? true : word === 'false' || word === 'no' ? false : undefined
}

const strict = ['checkbox', 'number', 'date', 'url'] as const
const mostOptions = 12
const longestOption = 60

/** What kind of field a column of a table is: what all that stands in it can be. */
export class KindGuess {
  #count = 0
  #longest = 0
  #possible: readonly FieldKind[] = strict
  readonly #options = new Set<string>()

  see(text: string) {
    this.#count++
    this.#longest = Math.max(this.#longest, text.length)
    if (this.#options.size <= mostOptions) this.#options.add(text)
    this.#possible = this.#possible.filter((kind) => asKind(kind, text) !== undefined)
  }

  get kind(): { kind: FieldKind; options?: string[] } {
    const [kind] = this.#count === 0 ? [] : this.#possible
    if (kind) return { kind }
    const { size } = this.#options
    const isChoice = size > 0 && size <= mostOptions && this.#count >= 2 * size && this.#longest <= longestOption
    return isChoice ? { kind: 'select', options: [...this.#options] } : { kind: 'text' }
  }
}
