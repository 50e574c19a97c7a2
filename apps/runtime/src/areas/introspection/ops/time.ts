import type { ContextOp, IntrospectionDeps } from '../deps.ts'

export function time({ clock }: IntrospectionDeps): ContextOp<'time'> {
  return async ({ scope: { runStartedAt } }) => {
    const now = clock.now()
    return {
      now_rfc3339: new Date(now).toISOString(),
      unix_ms: now,
      run_started_at: new Date(runStartedAt).toISOString(),
      elapsed_ms: Math.max(0, now - runStartedAt),
    }
  }
}
