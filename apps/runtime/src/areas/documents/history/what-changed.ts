import { isDeepStrictEqual } from 'node:util'
import { RuntimeError } from '@loomcycle/proto'
import type { PlaceScope } from '../../../ground/identity/place.ts'
import { inSlices } from '../../../ground/in-slices.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { DocumentDeps } from '../deps.ts'
import { getChunk } from '../find.ts'
import { look } from '../look.ts'
import { lineDiff } from './line-diff.ts'
import { contentAt } from './versions.ts'

const compared = ['title', 'type', 'status', 'fields', 'tags'] as const
/** Of a text; what is longer is read again as a whole. */
const longest = 8_000

/**
 * Says to an agent, with the refusal of what it has written on an older revision, what has been changed since: it reads
 * words, and not the chunk that comes with them.
 */
export async function toldWhatChanged<Answer>(
  deps: DocumentDeps,
  caller: Caller,
  { scope, id, revision }: { scope?: PlaceScope | undefined; id: string; revision?: number | undefined },
  write: Promise<Answer>,
): Promise<Answer> {
  try {
    return await write
  } catch (error) {
    if (!caller.run || !(error instanceof RuntimeError) || error.fields.reason !== 'revision_conflict') throw error
    const words = await whatChanged(deps, caller, scope, id, revision ?? 0).catch(() => '')
    throw new RuntimeError(error.code, `${error.message}${words}`, error.fields)
  }
}

async function whatChanged(
  deps: DocumentDeps,
  caller: Caller,
  scope: PlaceScope | undefined,
  id: string,
  revision: number,
): Promise<string> {
  const within = await look(deps, caller, scope)
  const now = await getChunk(within, id)
  const was = await contentAt(within, now, revision)
  const parts = compared.flatMap((key) => {
    const [from, to] = [was[key], now[key]]
    return isDeepStrictEqual(from, to) ? [] : [`${key}: ${JSON.stringify(from)} became ${JSON.stringify(to)}`]
  })
  const diff = was.body === now.body ? '' : await inSlices(lineDiff(was.body, now.body))
  if (diff) parts.push(diff.length > longest ? 'much of the body: read it again' : `the body:\n${diff.trimEnd()}`)
  const { kind, id: who } = now.actor
  return `. Since then ${kind} ${who} changed\n${parts.join('\n')}\nWrite again on revision ${now.revision}, and keep what they have written.`
}
