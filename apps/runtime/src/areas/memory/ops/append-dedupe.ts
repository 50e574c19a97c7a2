import { canonicalJson } from '../../../ground/canonical-json.ts'
import { changeEntry } from '../change-entry.ts'
import type { MemoryDeps, MemoryOp } from '../deps.ts'
import { wrongKind } from '../json.ts'

export function appendDedupe(deps: MemoryDeps): MemoryOp<'append_dedupe'> {
  return async (caller, { scope, key, value }) => {
    let appended = false
    const list = await changeEntry(deps, caller, { scope, key }, (before = []) => {
      if (!Array.isArray(before)) throw wrongKind(before, key, 'a list')
      const canonical = canonicalJson(value)
      appended = !before.some((item) => canonicalJson(item) === canonical)
      return appended ? [...before, value] : before
    })
    return { appended, value: list }
  }
}
