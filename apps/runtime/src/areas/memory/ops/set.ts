import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { keepValue } from '../values.ts'

export function setValue(deps: MemoryDeps): MemoryOp<'set'> {
  return async (caller, { scope, embed_text: embedText, ...given }) => {
    const { embedded, warning, path } = await keepValue(deps, caller, scope, { ...given, embedText })
    return {
      ok: true,
      ...(embedded === undefined ? {} : { embedded }),
      ...(warning === undefined ? {} : { embed_warning: warning }),
      ...(path === undefined ? {} : { path }),
    }
  }
}
