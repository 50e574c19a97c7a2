// biome-ignore lint/suspicious/noExplicitAny: a validator knows nothing about what it is given
export type Json = any

class Refused extends Error {}

export function must(holds: unknown, complaint: string): asserts holds {
  if (!holds) throw new Refused(complaint)
}

/** The complaint a check ended with, or undefined. */
export function refusal(check: () => void): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Refused ? error.message : `malformed request: ${error}`
  }
}

export function isDictionary(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
