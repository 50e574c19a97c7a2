import { ToolError } from '../../../ground/tool-error.ts'
import { placeFor } from '../access.ts'
import type { PathDeps, PathOp } from '../deps.ts'
import { parsePath } from '../path.ts'
import { findDirent, putDirent } from '../store.ts'

export function makeDirectory({ db, clock }: PathDeps): PathOp<'mkdir'> {
  return async (caller, { scope = 'agent', path: text }) => {
    const path = parsePath(text)
    if (path === '/') throw new ToolError('the root is always there')
    const place = placeFor(caller, scope)
    const created = await db.transaction(async (tx) => {
      const existing = await findDirent(tx, place, path)
      if (existing && existing.kind !== 'directory') throw new ToolError(`${path} exists as a ${existing.kind}`)
      if (!existing) await putDirent(tx, place, { path, kind: 'directory', resource_ref: null }, clock.now())
      return !existing
    })
    return { ok: true, path, created, ...(created ? {} : { note: 'the directory exists already' }) }
  }
}
