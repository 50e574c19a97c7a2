const MAX_MS = 366 * 24 * 3_600_000

/**
 * How long a service asks to be left alone: by its headers, or else by its words; undefined where it says nothing. None
 * at all, or a time that is past, is what gateways say that do not know.
 */
export function retryAfterMs(headers: Headers, body: string, now: number): number | undefined {
  const asked =
    numberIn(headers.get('retry-after-ms'), 1) ?? secondsOrDate(headers.get('retry-after'), now) ?? inWords(body)
  return asked && Math.min(Math.ceil(asked), MAX_MS)
}

/** Undefined where it is nothing. */
function numberIn(value: string | null, unitMs: number): number | undefined {
  return value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) * unitMs || undefined : undefined
}

function secondsOrDate(value: string | null, now: number): number | undefined {
  const seconds = numberIn(value, 1000)
  if (seconds !== undefined || value === null) return seconds
  const date = /^([A-Za-z]|\d{4}-)/.test(value.trim()) ? Date.parse(value) : Number.NaN
  return date > now ? date - now : undefined
}

const UNIT_MS: Record<string, number> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** Google's `"retryDelay": "34s"`, OpenAI's "Please try again in 1m20s" and Azure's "Please retry after 33 seconds". */
function inWords(body: string): number | undefined {
  const said =
    /(?:retryDelay"?\s?:\s?"?|try again in |retry (?:after|in) )((?:\d{1,9}(?:\.\d{1,9})?(?: ?(?:seconds?|minutes?|hours?)|ms|h|m|s))+)/i.exec(
      body,
    )?.[1]
  if (said === undefined) return undefined
  let ms = 0
  for (const [, amount, unit] of said.matchAll(/(\d{1,9}(?:\.\d{1,9})?) ?(ms|h|m|s)/gi))
    ms += Number(amount) * UNIT_MS[unit!.toLowerCase()]!
  return ms || undefined
}
