import type { DefinitionNamesOptions, DefinitionNamesResponse, DefinitionToolInput } from '../definition-types.ts'
import { type Http, keyed } from '../http.ts'
import type { KeyedCallOptions } from '../types.ts'

/** Any op of a family of definitions, and of what is asked in the same way. */
export async function definitionOp(
  http: Http,
  family: '_agentdef' | '_skilldef' | '_evaluation',
  input: DefinitionToolInput,
  opts: KeyedCallOptions = {},
): Promise<unknown> {
  return http.post(`/v1/${family}`, input, keyed(opts))
}

export async function listDefinitionNames(
  http: Http,
  family: '_agentdef' | '_skilldef',
  { tenant, prefix, limit, cursor, signal }: DefinitionNamesOptions = {},
): Promise<DefinitionNamesResponse> {
  return http.get(`/v1/${family}/names`, { query: { tenant, prefix, limit, cursor }, signal })
}
