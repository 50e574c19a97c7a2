const mostYears = 20
const mostTicks = 200
/** What lies between two ticks is gone through, too. */
const mostSteps = 20_000
/** Days that are looked at one by one, to see whether they are left out. */
const mostLooked = 2000
/** Where no year is written, Mermaid may take it for one of these. */
const yearsOfNone = 60

const daysOf: Record<string, number> = {
  ms: 1 / 86_400_000,
  millisecond: 1 / 86_400_000,
  s: 1 / 86_400,
  second: 1 / 86_400,
  m: 1 / 1440,
  minute: 1 / 1440,
  h: 1 / 24,
  hour: 1 / 24,
  d: 1,
  day: 1,
  w: 7,
  week: 7,
  M: 31,
  month: 28,
  y: 366,
}

/** What the days and the ticks of a gantt cost, where 1 is what a page does unnoticed. */
export function daysOfGantt(text: string): number {
  const formats = settings(text, 'dateFormat')
  if (formats.some((format) => !/^[YMDHms:./T -]+$/.test(format))) return Number.POSITIVE_INFINITY
  const isDated = formats.every((format) => format.includes('YYYY'))
  const isTimed = !isDated && formats.every((format) => !/[YMD]/.test(format))
  // Where something may go on over several lines, how a line begins says nothing.
  const isWhole = !/click\s|accDescr\s*\{/i.test(text)
  const untold = text.split('\n').map((line) => (isWhole ? line.replace(said, '') : line))
  const tasks = untold.flatMap((line) => line.split(/[;#]/)).flatMap(timesOf)
  const times = tasks.flat()
  if (times.some((time) => !isTime(time, isDated, isTimed))) return Number.POSITIVE_INFINITY

  const length = times.reduce((total, time) => total + lengthOf(time), 0)

  const dates = isDated ? times.flatMap(dayOf) : []
  const span = 1 + length + rangeOf(dates) + (isDated || isTimed ? 0 : yearsOfNone * 366)
  const left =
    settings(text, 'excludes')
      .join()
      .match(/[^\s,]+/g)?.length ?? 0
  const looked = left > 0 ? (span + length) * (1 + left / 10) : 0
  const ticks = ticksOf(text, span).reduce((most, weight) => Math.max(most, weight), 0)
  return Math.max(span / (mostYears * 366), ticks, looked / mostLooked)
}

/** A statement begins anywhere, and its words may be on the next line. */
function settings(text: string, name: string): string[] {
  return text
    .split(new RegExp(`${name}\\s`, 'i'))
    .slice(1)
    .map((part) =>
      part
        .trimStart()
        .split(/[\n;#]/)[0]!
        .trim(),
    )
}

/** What only looks like a task. It stands at the beginning of a line, and a space follows its word. */
const said = /^\s*(?:gantt\s+)?(?:(?:dateFormat|axisFormat|todayMarker|title|section)\s|acc(?:Title|Descr)\s*:)[^;#]*/i
const tag = /^(?:active|done|crit|milestone|vert)$/

/** Of `name :tag, id, start, end`. Mermaid takes whatever has a colon for a task. */
function timesOf(statement: string): string[][] {
  const colon = statement.indexOf(':')
  if (colon < 0) return []
  const parts = statement
    .slice(colon + 1)
    .split(',')
    .map((part) => part.trim())
  const first = parts.findIndex((part) => !tag.test(part))
  const told = first < 0 ? [] : parts.slice(first)
  return [told.length === 3 ? told.slice(1) : told]
}

const duration = /^(\d{1,9}(?:\.\d{1,9})?)(ms|[Mdhmswy])$/

function isTime(time: string, isDated: boolean, isTimed: boolean): boolean {
  if (time === '' || duration.test(time) || /^(?:after|until)\s/.test(time)) return true
  if (isTimed) return /^\d{1,2}:\d{2}(?::\d{2})?$/.test(time)
  const numbers = /^[\d:./T -]+$/.test(time) ? time.match(/\d+/g)! : []
  const years = numbers.filter((number) => number.length > 2)
  return numbers.length > 0 && (isDated ? years.length === 1 && years[0]!.length === 4 : years.length === 0)
}

function lengthOf(time: string): number {
  const found = duration.exec(time)
  return found ? Number(found[1]) * daysOf[found[2]!]! : 0
}

/** The days between which a date is: it may be written in any order. */
function dayOf(time: string): number[] {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(time)
  if (iso) return [Number(iso[1]) * 366 + Number(iso[2]) * 30.5 + Number(iso[3])]
  const year = /\d{4}/.exec(duration.test(time) ? '' : time)
  return year ? [Number(year[0]) * 366, Number(year[0]) * 366 + 366] : []
}

function rangeOf(days: number[]): number {
  if (days.length === 0) return 0
  const [first, last] = days.reduce(
    ([first, last], day) => [Math.min(first, day), Math.max(last, day)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  )
  return last - first
}

function ticksOf(text: string, span: number): number[] {
  const axes = /topAxis/i.test(text) ? 2 : 1
  return settings(text, 'tickInterval').flatMap((interval) => {
    const found = /^(\d{1,9})(millisecond|second|minute|hour|day|week|month)/.exec(interval)
    if (!found) return []
    const steps = (span / daysOf[found[2]!]!) * axes
    return [steps / Number(found[1]) / mostTicks, steps / mostSteps]
  })
}
