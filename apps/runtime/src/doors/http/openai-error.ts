import type { RuntimeError } from '@loomcycle/proto'

/** An error as programs for OpenAI read it; the code is ours. */
export function toOpenAiError({ status, code, message, fields }: RuntimeError) {
  const param = typeof fields.param === 'string' ? fields.param : null
  return { error: { message, type: typeOf(status), code, param } }
}

function typeOf(status: number): string {
  if (status === 401) return 'authentication_error'
  if (status === 403) return 'permission_error'
  if (status === 429) return 'rate_limit_error'
  return status >= 500 ? 'server_error' : 'invalid_request_error'
}
