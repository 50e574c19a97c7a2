/**
 * Every error the wire knows: its status, and which envelope carries it.
 * `plain` is `text/plain` with the message; `json` is `{code, error, …fields}`; `route` leaves it to the endpoint.
 * Every error answer also carries its code in the `Loomcycle-Error` header, plain ones included.
 */
export const errorTable = {
  bad_request: { status: 400, envelope: 'route' },
  invalid_json: { status: 400, envelope: 'route' },
  invalid_body: { status: 400, envelope: 'route' },
  invalid_request: { status: 400, envelope: 'route' },
  invalid_cursor: { status: 400, envelope: 'route' },
  invalid_limit: { status: 400, envelope: 'json' },
  empty_source: { status: 400, envelope: 'json' },
  unknown_agent: { status: 400, envelope: 'route' },
  unknown_user_tier: { status: 400, envelope: 'route' },
  tier_not_allowed: { status: 403, envelope: 'plain' },
  model_unavailable: { status: 503, envelope: 'plain' },
  tier_unavailable: { status: 503, envelope: 'plain' },
  missing_payload: { status: 400, envelope: 'json' },
  invalid_payload: { status: 400, envelope: 'json' },
  invalid_deliver_at: { status: 400, envelope: 'json' },
  missing_scope_id: { status: 400, envelope: 'json' },
  channel_scope_invalid: { status: 400, envelope: 'json' },
  scope_agent_invalid: { status: 400, envelope: 'json' },
  missing_bearer: { status: 400, envelope: 'json' },
  unauthorized: { status: 401, envelope: 'plain' },
  insufficient_scope: { status: 403, envelope: 'plain' },
  non_system_channel: { status: 403, envelope: 'json' },
  system_channel: { status: 403, envelope: 'json' },
  forbidden: { status: 403, envelope: 'json' },
  host_refused: { status: 403, envelope: 'json' },
  origin_refused: { status: 403, envelope: 'json' },
  cross_site_login_refused: { status: 403, envelope: 'json' },
  cross_site_logout_refused: { status: 403, envelope: 'json' },
  route_not_found: { status: 404, envelope: 'plain' },
  not_found: { status: 404, envelope: 'json' },
  session_not_found: { status: 404, envelope: 'plain' },
  run_not_found: { status: 404, envelope: 'plain' },
  no_live_run: { status: 404, envelope: 'plain' },
  asset_not_found: { status: 404, envelope: 'plain' },
  interrupt_not_found: { status: 404, envelope: 'plain' },
  channel_not_declared: { status: 404, envelope: 'json' },
  channel_not_found: { status: 404, envelope: 'json' },
  unknown_channel: { status: 404, envelope: 'json' },
  unknown_agent_id: { status: 404, envelope: 'json' },
  unknown_preset: { status: 404, envelope: 'json' },
  provider_unknown: { status: 404, envelope: 'json' },
  unknown_topic: { status: 404, envelope: 'json' },
  method_not_allowed: { status: 405, envelope: 'plain' },
  session_busy: { status: 409, envelope: 'json' },
  agent_id_in_use: { status: 409, envelope: 'json' },
  run_busy: { status: 409, envelope: 'json' },
  channel_yaml_immutable: { status: 409, envelope: 'json' },
  channel_name_in_use: { status: 409, envelope: 'json' },
  channel_cursor_regression: { status: 409, envelope: 'json' },
  agent_gone: { status: 409, envelope: 'json' },
  already_pausing: { status: 409, envelope: 'json' },
  not_paused: { status: 409, envelope: 'json' },
  changed_since: { status: 409, envelope: 'json' },
  column_full: { status: 409, envelope: 'json' },
  move_not_allowed: { status: 409, envelope: 'json' },
  interrupt_settled: { status: 409, envelope: 'plain' },
  not_interactive: { status: 409, envelope: 'json' },
  not_mid_turn: { status: 409, envelope: 'json' },
  interrupt_expired: { status: 410, envelope: 'plain' },
  payload_too_large: { status: 413, envelope: 'route' },
  memory_value_too_large: { status: 413, envelope: 'json' },
  memory_quota_exceeded: { status: 413, envelope: 'json' },
  unsupported_media_type: { status: 415, envelope: 'plain' },
  invalid_answer: { status: 422, envelope: 'plain' },
  invalid_picture: { status: 422, envelope: 'json' },
  idempotency_key_reused: { status: 409, envelope: 'json' },
  config_refused: { status: 422, envelope: 'json' },
  empty_input: { status: 422, envelope: 'plain' },
  tool_refused: { status: 422, envelope: 'json' },
  quota_exceeded: { status: 422, envelope: 'json' },
  too_many_attempts: { status: 429, envelope: 'json' },
  input_queue_full: { status: 429, envelope: 'plain' },
  backpressure: { status: 429, envelope: 'json' },
  per_user_quota_exhausted: { status: 429, envelope: 'json' },
  token_limit_exceeded: { status: 429, envelope: 'json' },
  internal: { status: 500, envelope: 'json' },
  provider_list_failed: { status: 502, envelope: 'json' },
  compaction_failed: { status: 502, envelope: 'plain' },
  runtime_paused: { status: 503, envelope: 'json' },
  provider_unavailable: { status: 503, envelope: 'json' },
  vector_unsupported: { status: 503, envelope: 'json' },
  ui_not_built: { status: 503, envelope: 'json' },
  shutting_down: { status: 503, envelope: 'json' },
  store_unavailable: { status: 503, envelope: 'json' },
} as const satisfies Record<string, { status: number; envelope: 'plain' | 'json' | 'route' }>

export type ErrorCode = keyof typeof errorTable

/** Extra members of a JSON error body, e.g. `session_id`; `retry_after_s` becomes the `Retry-After` header. */
export type ErrorFields = Record<string, unknown> & { retry_after_s?: number }

/** Thrown by verbs; every door turns it into its own shape with the same code and words. */
export class RuntimeError extends Error {
  override name = 'RuntimeError'
  readonly code: ErrorCode
  readonly fields: ErrorFields

  constructor(code: ErrorCode, message: string, fields: ErrorFields = {}) {
    super(message)
    this.code = code
    this.fields = fields
  }

  get status(): number {
    return errorTable[this.code].status
  }
}
