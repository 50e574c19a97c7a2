const MAX_MS = 366 * 24 * 3_600_000

/** How long a service asks to be left alone: by its headers, or else by its words; undefined where it says nothing. */
export function retryAfterMs(headers: Headers, body: string, now: number): number | undefined {
  const asked =
    numberIn(headers.get('retry-after-ms'), 1) ?? secondsOrDate(headers.get('retry-after'), now) ?? inWords(body)
  return asked === undefined ? undefined : Math.min(Math.ceil(asked), MAX_MS)
}

function numberIn(value: string | null, unitMs: number): number | undefined {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * unitMs : undefined
}

function secondsOrDate(value: string | null, now: number): number | undefined {
  const seconds = numberIn(value, 1000)
  if (seconds !== undefined || value === null) return seconds
  const date = /^([A-Za-z]|\d{4}-)/.test(value.trim()) ? Date.parse(value) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

const UNIT_MS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** Google's `"retryDelay": "34s"` and OpenAI's "Please try again in 1m20s". */
function inWords(body: string): number | undefined {
  const said = /(?:retryDelay"?\s?:\s?"?|try again in )((?:\d{1,9}(?:\.\d{1,9})?(?:ms|h|m|s))+)/i.exec(body)?.[1]
  if (said === undefined) return undefined
  let ms = 0
  for (const [, amount, unit] of said.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|h|m|s)/g))
    ms += Number(amount) * UNIT_MS[unit!]!
  return ms
}
