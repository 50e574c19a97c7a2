import type { Http } from '../http.ts'
import type { LibraryListResponse } from '../library-types.ts'
import type { CallOptions } from '../types.ts'

export async function listLibrary<T>(
  http: Http,
  kind: 'agents' | 'skills' | 'teams' | 'mcp-servers',
  opts: CallOptions = {},
): Promise<LibraryListResponse<T>> {
  return http.get(`/v1/_library/${kind}`, { signal: opts.signal })
}
