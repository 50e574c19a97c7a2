import type { CompactionOptions, ContinueOptions, RunOptions, SamplingOptions } from '../types.ts'
import { tidySegments } from './tidy-segments.ts'

type SharedOptions = Omit<RunOptions, 'agent' | 'sessionId' | 'tenantId' | 'userId'>

/** Body of `POST /v1/runs`. Undefined members vanish when it is serialised. */
export function runBody(opts: RunOptions): Record<string, unknown> {
  return {
    agent: opts.agent,
    def_id: opts.defId,
    ...sharedBody(opts),
    session_id: opts.sessionId,
    tenant_id: opts.tenantId,
    user_id: opts.userId,
  }
}

/** Body of `POST /v1/sessions/{id}/messages`. */
export function messageBody(opts: ContinueOptions): Record<string, unknown> {
  return sharedBody(opts)
}

function sharedBody(opts: SharedOptions): Record<string, unknown> {
  return {
    segments: tidySegments(opts.segments),
    tools: opts.tools,
    // `[]` denies every host; null says nothing and stays at home.
    allowed_hosts: opts.allowedHosts ?? undefined,
    web_search_filter: opts.webSearchFilter,
    agent_id: opts.agentId,
    user_tier: opts.userTier,
    user_bearer: opts.userBearer,
    user_credentials: opts.userCredentials,
    parent_context: opts.parentContext,
    metadata: opts.metadata,
    run_timeout_seconds: opts.runTimeoutSeconds,
    sampling: opts.sampling && samplingBody(opts.sampling),
    compaction: opts.compaction && compactionBody(opts.compaction),
    interactive: opts.interactive,
  }
}

function samplingBody(s: SamplingOptions): Record<string, unknown> {
  return {
    temperature: s.temperature,
    top_p: s.topP,
    top_k: s.topK,
    frequency_penalty: s.frequencyPenalty,
    presence_penalty: s.presencePenalty,
    seed: s.seed,
    stop: s.stop,
  }
}

function compactionBody(c: CompactionOptions): Record<string, unknown> {
  return {
    enabled: c.enabled,
    target_percentage: c.targetPercentage,
    keep_last_n: c.keepLastN,
    keep_first: c.keepFirst,
    autocompact_at_pct: c.autocompactAtPct,
    model: c.model,
  }
}
