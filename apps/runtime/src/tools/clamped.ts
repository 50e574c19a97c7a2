import type { Given } from '@loomcycle/proto'

/** Says with an answer what was used in place of more than there is at once; others may have said so of something else. */
export function withClamped<T>(answer: T, clamped: Given['clamped']): T {
  if (Object.keys(clamped).length === 0 || Object.getPrototypeOf(answer ?? null) !== Object.prototype) return answer
  return { ...answer, clamped: { ...(answer as { clamped?: Given['clamped'] }).clamped, ...clamped } }
}
