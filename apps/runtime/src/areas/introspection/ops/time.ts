import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function time({ clock }: IntrospectionDeps): ContextOp<'time'> {
  return async ({ run: { startedAt } }) => {
    const now = clock.now()
    return {
      now_rfc3339: new Date(now).toISOString(),
      unix_ms: now,
      run_started_at: new Date(startedAt).toISOString(),
      elapsed_ms: Math.max(0, now - startedAt),
    }
  }
}
