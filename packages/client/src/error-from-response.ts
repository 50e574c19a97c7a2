import { ERROR_CODE_HEADER } from '@loomcycle/proto/wire'
import {
  AgentIDInUseError,
  AgentNotFoundError,
  AlreadyPausingError,
  AuthError,
  BackpressureError,
  ChangedSinceError,
  ChannelCursorRegressionError,
  HookNotFoundError,
  InvalidArgumentError,
  LoomcycleError,
  type LoomcycleErrorOptions,
  NotFoundError,
  NotPausedError,
  PauseNotConfiguredError,
  PerUserQuotaExhaustedError,
  RevisionConflictError,
  SessionBusyError,
  SessionNotFoundError,
  SnapshotNotFoundError,
  SnapshotTooLargeError,
  SnapshotVersionError,
  SubstrateToolRefusedError,
  UnavailableError,
} from './errors.ts'
import type { Chunk, DocumentChange } from './wire.gen.ts'

type ErrorClass = new (message: string, opts: LoomcycleErrorOptions) => LoomcycleError

const MAX_TEXT = 1024

/** Codes that name their class by themselves, so that an id or a title in the message cannot mislead. */
const classByCode = new Map<string, ErrorClass>([
  ['session_not_found', SessionNotFoundError],
  ['unknown_agent_id', AgentNotFoundError],
  ['run_not_found', NotFoundError],
  ['no_live_run', NotFoundError],
  ['route_not_found', NotFoundError],
  ['model_not_found', NotFoundError],
  ['asset_not_found', NotFoundError],
  ['channel_not_found', NotFoundError],
  ['channel_not_declared', NotFoundError],
  ['unknown_channel', NotFoundError],
  ['unknown_preset', NotFoundError],
  ['unknown_topic', NotFoundError],
  ['config_refused', InvalidArgumentError],
  ['channel_cursor_regression', ChannelCursorRegressionError],
  ['channel_name_in_use', LoomcycleError],
  ['channel_yaml_immutable', LoomcycleError],
  ['session_busy', SessionBusyError],
  ['agent_id_in_use', AgentIDInUseError],
  ['not_interactive', LoomcycleError],
  ['not_mid_turn', LoomcycleError],
])

/** Older servers name no code on most answers: then a word anywhere in the body decides, first match wins. */
const keywords: Record<number, { words: Array<[string, ErrorClass]>; otherwise: ErrorClass } | undefined> = {
  404: {
    words: [
      ['snapshot', SnapshotNotFoundError],
      ['session', SessionNotFoundError],
      ['hook', HookNotFoundError],
      ['agent', AgentNotFoundError],
    ],
    otherwise: NotFoundError,
  },
  409: {
    words: [
      ['already_pausing', AlreadyPausingError],
      ['already paused', AlreadyPausingError],
      ['not_paused', NotPausedError],
      ['not paused', NotPausedError],
      ['channel_cursor_regression', ChannelCursorRegressionError],
      ['session', SessionBusyError],
      ['agent_id', AgentIDInUseError],
    ],
    otherwise: LoomcycleError,
  },
}

const classByStatus: Record<number, ErrorClass | undefined> = {
  400: InvalidArgumentError,
  401: AuthError,
  413: SnapshotTooLargeError,
  422: SnapshotVersionError,
  429: BackpressureError,
  503: UnavailableError,
}

const phrases: Record<number, string | undefined> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** The typed error for an answer outside 2xx. Reads the body; never throws. */
export async function errorFromResponse(res: Response): Promise<LoomcycleError> {
  const body = await res.text().catch(() => '')
  const json = parseObject(body)
  const code = res.headers.get(ERROR_CODE_HEADER) ?? text(json.code)
  const { status } = res
  const message = body.trim() === '' ? statusLine(res) : body.slice(0, MAX_TEXT)
  const opts = { status, bodyText: body.slice(0, MAX_TEXT), code, fields: json }

  if (status === 422 && json.code === 'tool_refused') {
    const refusal = { ...opts, bodyText: body, tool: text(json.tool) }
    const reason = text(json.error) ?? message
    if (json.reason === 'revision_conflict' && json.chunk && typeof json.chunk === 'object') {
      return new RevisionConflictError(reason, { ...refusal, chunk: json.chunk as Chunk })
    }
    return new SubstrateToolRefusedError(reason, refusal)
  }
  if (code === 'changed_since' && Array.isArray(json.changes)) {
    return new ChangedSinceError(text(json.error) ?? message, { ...opts, changes: json.changes as DocumentChange[] })
  }
  if (status === 429 && code === 'per_user_quota_exhausted') {
    return new PerUserQuotaExhaustedError(text(json.error) ?? message, {
      ...opts,
      bodyText: body,
      userId: text(json.user_id),
      cap: typeof json.cap === 'number' ? json.cap : undefined,
      retryAfterMs: retryAfterMs(res),
    })
  }
  const Class = classOf(status, code, body.toLowerCase())
  return new Class(message, opts)
}

/** The `Retry-After` header in milliseconds; undefined when absent or a date. */
export function retryAfterMs(res: Response): number | undefined {
  const header = res.headers.get('Retry-After')?.trim()
  return header && /^\d+$/.test(header) ? Number(header) * 1000 : undefined
}

function classOf(status: number, code: string | undefined, lowerBody: string): ErrorClass {
  const byKeyword = keywords[status]
  if (byKeyword) {
    const named = classByCode.get(code ?? '')
    return named ?? byKeyword.words.find(([word]) => lowerBody.includes(word))?.[1] ?? byKeyword.otherwise
  }
  if (status === 503 && lowerBody.includes('pause') && lowerBody.includes('not configured')) {
    return PauseNotConfiguredError
  }
  return classByStatus[status] ?? LoomcycleError
}

function statusLine(res: Response): string {
  const phrase = res.statusText || phrases[res.status]
  return phrase ? `${res.status} ${phrase}` : `HTTP ${res.status}`
}

function parseObject(body: string): Record<string, unknown> {
  if (!body.trimStart().startsWith('{')) return {}
  try {
    return JSON.parse(body) as Record<string, unknown>
  } catch {
    return {}
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
