import type { Chunk, DocumentChange, ErrorCode } from './wire.gen.ts'

/** What an error is built from, besides its message. */
export interface LoomcycleErrorOptions {
  /** HTTP status. */
  status?: number
  /** The answer's body, at most its first 1024 characters. */
  bodyText?: string
  /** The wire's own word for what went wrong. */
  code?: string
  /** What the answer says, where it is JSON. */
  fields?: Record<string, unknown>
}

/** The server refused or failed: every answer outside 2xx becomes one of these, or of its subclasses. */
export class LoomcycleError extends Error {
  override name = 'LoomcycleError'
  /** HTTP status of the answer. */
  readonly status?: number
  /** The answer's body, at most its first 1024 characters. */
  readonly bodyText?: string
  /** The wire's own word for what went wrong; absent where the server named none. */
  readonly code?: ErrorCode | (string & {})
  /** What the answer says, where it is JSON: `room` of `column_full`, say. */
  readonly fields?: Record<string, unknown>

  constructor(message: string, opts: LoomcycleErrorOptions = {}) {
    super(message)
    // Also what a subclass is built from.
    Object.assign(this, opts)
  }
}

/** 404: nothing of that name exists, or it belongs to somebody else. */
export class NotFoundError extends LoomcycleError {
  override name = 'NotFoundError'
}

/** 404: no run has this agent handle. */
export class AgentNotFoundError extends NotFoundError {
  override name = 'AgentNotFoundError'
}

/** 404: no such session. */
export class SessionNotFoundError extends NotFoundError {
  override name = 'SessionNotFoundError'
}

/** 404: no such snapshot. */
export class SnapshotNotFoundError extends NotFoundError {
  override name = 'SnapshotNotFoundError'
}

/** 404: no such hook. */
export class HookNotFoundError extends NotFoundError {
  override name = 'HookNotFoundError'
}

/** 503: the server, or something it needs, cannot serve this now. */
export class UnavailableError extends LoomcycleError {
  override name = 'UnavailableError'
}

/** 503: this server has no pause facility. */
export class PauseNotConfiguredError extends UnavailableError {
  override name = 'PauseNotConfiguredError'
}

/** 409: the session has a run in progress. */
export class SessionBusyError extends LoomcycleError {
  override name = 'SessionBusyError'
}

/** 409: a live run already uses this agent handle. */
export class AgentIDInUseError extends LoomcycleError {
  override name = 'AgentIDInUseError'
}

/** 429: too much at once; try again later. */
export class BackpressureError extends LoomcycleError {
  override name = 'BackpressureError'
}

/** 401: no token, or one the server does not accept. */
export class AuthError extends LoomcycleError {
  override name = 'AuthError'
}

/** 400: the request makes no sense to the server; its message says what. */
export class InvalidArgumentError extends LoomcycleError {
  override name = 'InvalidArgumentError'
}

/** 409: the runtime is pausing or paused already. */
export class AlreadyPausingError extends LoomcycleError {
  override name = 'AlreadyPausingError'
}

/** 409: the runtime is not paused. */
export class NotPausedError extends LoomcycleError {
  override name = 'NotPausedError'
}

/** 413: the body is larger than the server takes, on whatever route. */
export class SnapshotTooLargeError extends LoomcycleError {
  override name = 'SnapshotTooLargeError'
}

/** 422 that is not a tool's refusal: the content cannot be used, e.g. a snapshot of an unknown version. */
export class SnapshotVersionError extends LoomcycleError {
  override name = 'SnapshotVersionError'
}

/** 409: the cursor is older than the one already acknowledged. */
export class ChannelCursorRegressionError extends LoomcycleError {
  override name = 'ChannelCursorRegressionError'
}

/** 429: this user has as many runs as one user may have. */
export class PerUserQuotaExhaustedError extends LoomcycleError {
  override name = 'PerUserQuotaExhaustedError'
  /** Whose quota; null where the server did not say. */
  readonly userId: string | null
  /** Runs one user may have at once; null where the server did not say. */
  readonly cap: number | null
  /** Milliseconds to wait before trying again; null where the server did not say. */
  readonly retryAfterMs: number | null

  constructor(
    message: string,
    opts: LoomcycleErrorOptions & { userId?: string; cap?: number; retryAfterMs?: number } = {},
  ) {
    super(message, opts)
    this.userId = opts.userId ?? null
    this.cap = opts.cap ?? null
    this.retryAfterMs = opts.retryAfterMs ?? null
  }
}

/** 422: an op was refused; the message is the tool's own reason. */
export class SubstrateToolRefusedError extends LoomcycleError {
  override name = 'SubstrateToolRefusedError'
  /** Name of the tool that refused. */
  readonly tool: string

  constructor(message: string, opts: LoomcycleErrorOptions & { tool?: string } = {}) {
    super(message, opts)
    this.tool = opts.tool ?? ''
  }
}

/** 422: a change was based on an older revision of a chunk than the one there is. */
export class RevisionConflictError extends SubstrateToolRefusedError {
  override name = 'RevisionConflictError'
  /** The chunk as it is now. */
  declare readonly chunk: Chunk

  constructor(message: string, opts: LoomcycleErrorOptions & { tool?: string; chunk: Chunk }) {
    super(message, opts)
  }
}

/** 409: something was done since the change that was named as the latest one seen. */
export class ChangedSinceError extends LoomcycleError {
  override name = 'ChangedSinceError'
  /** What was done, the first of it. */
  declare readonly changes: readonly DocumentChange[]

  constructor(message: string, opts: LoomcycleErrorOptions & { changes: readonly DocumentChange[] }) {
    super(message, opts)
  }
}
