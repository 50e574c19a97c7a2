import { cutText } from '@loomcycle/proto/wire'

const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 })

/** 940, 12.4K, 1.2M */
export function formatCount(n: number): string {
  return compact.format(n)
}

/** 812 B, 24 KB, 1.5 MB: in thousands, as services tell how large a model is, and systems a file. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_500) return `${Math.round(bytes / 1e3)} KB`
  return bytes < 999.95e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`
}

/** 0.4 s, 6 s, 2 min 5 s, 1 h 3 min */
export function formatDuration(ms: number): string {
  if (ms < 950) return `${(Math.max(ms, 0) / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`
  return minutes % 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes / 60} h`
}

const minute = 60_000
const hour = 60 * minute
const day = 24 * hour

/** now, 5m, 3h, 2d, then a date. */
export function formatRelative(then: number, now: number): string {
  const age = now - then
  if (age < minute) return 'now'
  if (age < hour) return `${Math.floor(age / minute)}m`
  if (age < day) return `${Math.floor(age / hour)}h`
  if (age < 7 * day) return `${Math.floor(age / day)}d`
  const date = new Date(then)
  const sameYear = date.getFullYear() === new Date(now).getFullYear()
  return date.toLocaleDateString('en', { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** 2026-03-01 14:05, where somebody reads it. */
export function formatMinute(at: number): string {
  const date = new Date(at)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`
}

export function formatTime(at: number): string {
  return new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' })
}

export function plural(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

/** White space is looked at up to this much more than what it comes to. */
const spread = 50

/** One line, no longer than `max`. */
export function clip(text: string, max: number): string {
  const line = text
    .slice(0, max * spread)
    .replace(/\s+/g, ' ')
    .trim()
  return line.length <= max && text.length <= max * spread ? line : `${cutText(line, max - 1).trimEnd()}…`
}

/** A message's words, where it names pages of this app with links. */
export function withoutLinks(text: string): string {
  return text.includes('](/') ? text.replace(/\[((?:\\.|[^[\]\\])+)\]\(\/[^\s()]*\)?/g, '$1') : text
}
