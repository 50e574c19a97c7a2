import { agentOps, commentType } from '@loomcycle/proto'
import { mayAccess } from '../../../ground/identity/principal.ts'
import type { Caller } from '../../../tools/caller.ts'
import type { Fields, StoredChunk } from '../chunks/chunk.ts'
import type { DocumentDeps } from '../deps.ts'
import type { Edit } from '../edit.ts'
import { findChunk } from '../store/chunks.ts'
import { insertStart } from './start-rows.ts'

export interface NotStarted {
  agent: string
  reason: string
}

/** Whom words mention, and why which of them cannot be started. */
export interface Mentioned {
  names: readonly string[]
  reasons: ReadonlyMap<string, string>
}

const nobody: Mentioned = { names: [], reasons: new Map() }

/** Comments stand under their card or, as answers, under one another. */
const deepestThread = 100

/** Looked up before anything is written, since what agents there are is not in the rows of documents. */
export async function mentionedBy(
  { cardStarts }: DocumentDeps,
  caller: Caller,
  { fields, set_fields }: { fields?: Fields | undefined; set_fields?: Fields | undefined },
): Promise<Mentioned> {
  const names = mentionsIn({ ...fields, ...set_fields })
  if (names.length === 0 || !cardStarts) return nobody
  const agents = await cardStarts.agentNames(caller.tenantId)
  const mayStart = caller.run ? caller.run.tools.has(agentOps.tool) : mayAccess(caller.principal, 'runs:create')
  const reasons = new Map<string, string>()
  for (const name of names) {
    if (!agents.includes(name)) reasons.set(name, `there is no agent "${name}"; there are ${agents.join(', ')}`)
    else if (!mayStart) reasons.set(name, notAllowed(caller))
  }
  return { names, reasons }
}

function notAllowed({ run }: Caller): string {
  return run
    ? `the agent ${run.agent.name} may start nobody, since it has not got the tool ${agentOps.tool}`
    : 'starting an agent needs a credential that may start runs (runs:create)'
}

/** Has the agents started that a comment mentions and did not before; says who is not. Together with the comment, or not at all. */
export async function startMentioned(
  edit: Edit,
  comment: StoredChunk,
  mentionedBefore: Fields | null,
  { names, reasons }: Mentioned,
): Promise<NotStarted[]> {
  if (comment.type !== commentType) return []
  const before = mentionsIn(mentionedBefore ?? {})
  const isNew = (name: string) => !before.includes(name) && mentionsIn(comment.fields ?? {}).includes(name)
  const mentioned = names.filter(isNew)
  if (mentioned.length === 0) return []
  const card = await cardOf(edit, comment)
  const notStarted: NotStarted[] = []
  for (const agent of mentioned) {
    const reason = card ? reasons.get(agent) : 'the comment is not under a card'
    if (reason) notStarted.push({ agent, reason })
    else await insertStart(edit, { card: card!, agent, comment })
  }
  return notStarted
}

/** What a comment is about. */
async function cardOf({ tx, placeId }: Edit, comment: StoredChunk): Promise<StoredChunk | undefined> {
  let at: StoredChunk | undefined = comment
  for (let depth = 0; at?.type === commentType && depth < deepestThread; depth++) {
    at = await findChunk(tx, placeId, at.parent_id)
  }
  return at?.type === commentType ? undefined : at
}

function mentionsIn({ mentions }: Fields): string[] {
  if (!Array.isArray(mentions)) return []
  return [...new Set(mentions.filter((name): name is string => typeof name === 'string' && name !== ''))]
}
