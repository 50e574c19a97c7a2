/**
 * The end of a process: right before its `call`-th call of the store commits; or right after, before its caller hears
 * of it; or, with `stop`, an orderly stop that begins at that call.
 */
export interface CrashPoint {
  call: number
  when: (typeof moments)[number]
}

export const moments = ['before', 'after', 'stop'] as const

/** One process after the other ends like this; the one after the last is left alone. */
export type CrashPlan = readonly CrashPoint[]

/** Reads like `12-before,3-after`. */
export function planText(plan: CrashPlan): string {
  return plan.map(({ call, when }) => `${call}-${when}`).join(',')
}

export function readPlan(text: string): CrashPlan {
  return text
    .split(',')
    .filter(Boolean)
    .map((part) => {
      const [, call, when] = /^(\d+)-(before|after|stop)$/.exec(part) ?? []
      if (!call) throw new Error(`"${part}" is not a crash point; one looks like 12-before, 12-after or 12-stop`)
      return { call: Number(call), when: when as CrashPoint['when'] }
    })
}
