import type {
  DefinitionNamesOptions,
  DefinitionNamesResponse,
  DefinitionToolInput,
  EnsureCodeAgentOptions,
  EnsureCodeAgentResult,
} from '../definition-types.ts'
import { type Http, keyed } from '../http.ts'
import type { CallOptions, KeyedCallOptions } from '../types.ts'
import type * as wire from '../wire.gen.ts'

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

export async function ensureCodeAgent(
  http: Http,
  { name, code, tools, tier, model, description }: EnsureCodeAgentOptions,
  opts: CallOptions = {},
): Promise<EnsureCodeAgentResult> {
  const row = (await definitionOp(
    http,
    '_agentdef',
    {
      op: 'create',
      name,
      overlay: {
        provider: 'code-js',
        code_body: code,
        ...(tools && { tools }),
        ...(tier && { tier }),
        ...(model && { model }),
      },
      ...(description && { description }),
    },
    opts,
  )) as wire.AgentDefRow & { deduplicated?: boolean }
  return { name: row.name, defId: row.def_id, version: row.version, changed: row.deduplicated !== true }
}
