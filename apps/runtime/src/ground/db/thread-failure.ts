/** What of an error crosses the threads. */
export interface Failure {
  message: string
  code?: string
  errcode?: number
}

export function toFailure(error: unknown): Failure {
  const { message = String(error), code, errcode } = error as NodeJS.ErrnoException & { errcode?: number }
  return { message, ...(code && { code }), ...(errcode && { errcode }) }
}
