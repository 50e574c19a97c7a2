import type { TSchema } from 'typebox'
import type { ErrorCode } from './errors.ts'
import type { Access } from './op.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One route. The access scope is part of the declaration, so the list of endpoints is the permission table.
 * `{name}` in `path` is a parameter; `%2F` inside a parameter is decoded. `{name...}` at the end takes slashes as well.
 */
export interface Endpoint {
  method: Method
  path: string
  summary: string
  access: Access
  query?: TSchema
  body?: TSchema
  /** JSON answer; its status is 200 unless `status` says otherwise. */
  result?: TSchema
  /** Server-sent events, each frame's data being one of these; beside a `result`, for who asks for them. */
  stream?: TSchema
  status?: number
  errors: readonly ErrorCode[]
  /**
   * What an `Idempotency-Key` does where something may be changed: the answer is given again, unless asking again changes
   * nothing (`none`) or the verb keeps more of it than an answer (`own`).
   */
  key?: 'none' | 'own'
  /**
   * How an error looks where its code leaves that to the route: text/plain on the older routes, JSON on the rest. `openai`:
   * as programs for OpenAI expect it, whatever its code.
   */
  envelope: 'plain' | 'json' | 'openai'
}

/** Whether an `Idempotency-Key` has an effect. */
export function takesKey({ method, access, key }: Endpoint): boolean {
  return method !== 'GET' && access !== 'none' && key !== 'none'
}

export function endpoint<const E extends Endpoint>(spec: E): E {
  return spec
}
