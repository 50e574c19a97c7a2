import { boardType, mainBoard } from '@loomcycle/proto'
import type { Kysely } from 'kysely'
import { hasSessions } from '../../engine/rows/sessions.ts'
import type { Schema } from '../../ground/db/schema/index.ts'
import { operator } from '../../ground/identity/principal.ts'
import { report, type Telemetry } from '../../ground/telemetry/telemetry.ts'
import { callerFor } from '../../tools/caller.ts'
import type { Draft } from '../documents/chunks/add-chunks.ts'
import { createDocument } from '../documents/create-document.ts'
import type { DocumentDeps } from '../documents/deps.ts'
import { type Edit, edit } from '../documents/edit.ts'
import { requireValidDrafts } from '../documents/exchange/import-sections.ts'
import { newDocumentId } from '../documents/ids.ts'
import { defineType } from '../documents/ops/chunks/define-type.ts'
import { linkChunks } from '../documents/ops/edges/link-chunks.ts'
import { hasPlaces } from '../documents/store/places.ts'
import { launchBoard } from './board.ts'
import { plannedFor } from './dates.ts'
import { launchPlan, milestoneFields } from './launch-plan.ts'
import { publicationFields } from './publications.ts'
import type { Section } from './section.ts'

export const SAMPLE_PATH = '/docs/launch'

/** Whoever uses this machine without having said who they are. */
const localUser = callerFor(operator, 'process', new AbortController().signal)

/**
 * Gives a new database a document to begin with. One that was ever worked with is left alone: the place that the sample
 * made itself outlives it, so what was deleted or renamed stays so.
 */
export async function addSample(deps: DocumentDeps): Promise<boolean> {
  if (await wasUsed(deps.db.read)) return false
  await edit(deps, localUser, 'user', (current) => writeSample(deps, current))
  return true
}

/** The start does not depend on it. */
export async function tryAddSample(deps: DocumentDeps, telemetry: Telemetry): Promise<void> {
  await addSample(deps).catch((error: unknown) => report(telemetry, 'the sample could not be added', error))
}

async function wasUsed(db: Kysely<Schema>): Promise<boolean> {
  return (await hasSessions(db)) || (await hasPlaces(db))
}

async function writeSample(deps: DocumentDeps, current: Edit) {
  const drafts = toDrafts(launchPlan, deps.clock.now())
  const { document_id } = await createDocument(current, 'create_document', drafts, SAMPLE_PATH)
  const inside = within(deps, current)
  const define = defineType(inside)
  await define(localUser, { document_id, name: 'publication', fields: publicationFields })
  await define(localUser, { document_id, name: 'milestone', fields: milestoneFields })
  await requireValidDrafts(current, document_id, drafts)
  const link = linkChunks(inside)
  for (const edge of edgesBetween(drafts)) await link(localUser, edge)
}

/** For ops that take part in this edit. */
function within(deps: DocumentDeps, { tx }: Edit): DocumentDeps {
  return {
    ...deps,
    db: { read: tx, aside: () => tx, atOneMoment: (look) => look(tx), transaction: (work) => work(tx) },
  }
}

function toDrafts(root: Section, now: number): [Draft, ...Draft[]] {
  const draftOf = ({ under, edges, ...content }: Section, parent_id: string) => ({
    ...content,
    ...(content.fields ? { fields: inTime(content.fields, now) } : {}),
    id: newDocumentId(),
    parent_id,
    tags: [...(content.tags ?? [])].sort(),
  })
  const first = draftOf(root, '')
  const below = (sections: readonly Section[], parentId: string): Draft[] =>
    sections.flatMap((section) => {
      const draft = draftOf(section, parentId)
      return [draft, ...below(section.under ?? [], draft.id)]
    })
  const board = {
    id: newDocumentId(),
    parent_id: first.id,
    title: 'Board',
    type: boardType,
    natural_key: mainBoard,
    fields: { ...launchBoard },
  }
  return [first, ...below(root.under ?? [], first.id), board]
}

function inTime(fields: Record<string, unknown>, now: number): Record<string, unknown> {
  const { date } = fields
  return typeof date === 'string' ? { ...fields, date: plannedFor(date, now) } : fields
}

function edgesBetween(drafts: readonly Draft[]) {
  const ids = new Map(drafts.map(({ title, id }) => [title, id]))
  return edgesOf(launchPlan).map(({ from, kind, to }) => ({
    from_id: ids.get(from) ?? '',
    to_id: ids.get(to) ?? '',
    kind,
  }))
}

function edgesOf({ title, edges = {}, under = [] }: Section): { from: string; kind: string; to: string }[] {
  const own = Object.entries(edges).map(([kind, to]) => ({ from: title, kind, to }))
  return [...own, ...under.flatMap(edgesOf)]
}
