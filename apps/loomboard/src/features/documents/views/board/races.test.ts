import fc from 'fast-check'
import { expect, it } from 'vitest'
import { unsaved } from '../../writing/chunk-edit.ts'
import { shownChunks } from '../../writing/shown-chunks.ts'
import { aPlan, idle } from '../../writing/testing/a-plan.ts'
import { drawnOf, inputOf } from './testing.ts'

const card = fc.constantFrom(0, 1, 2)
const status = fc.constantFrom('todo', 'doing', 'done')
const place = fc.record({ card, status, beside: card, where: fc.constantFrom('after', 'before', 'end') })
const step = fc.oneof(
  { weight: 3, arbitrary: place.map((to) => ({ does: 'move' as const, ...to })) },
  { weight: 2, arbitrary: place.map((to) => ({ does: 'others' as const, ...to })) },
  { weight: 1, arbitrary: card.map((card) => ({ does: 'type' as const, card })) },
  { weight: 1, arbitrary: card.map((card) => ({ does: 'retitle' as const, card })) },
  { weight: 3, arbitrary: fc.constantFrom('down', 'up', 'hear', 'undo', 'wait').map((does) => ({ does })) },
)

it('however one’s own moves and words meet those of others, the board ends as the server has it, and no word is lost', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const { server, documentId, rootId, a, b, c, aTab } = aPlan()
      const ids = [a, b, c]
      for (const [i, id] of ids.entries()) Object.assign(server.documents.get(id), { status: 'todo', rank: `a${i}` })
      server.documents.limits.set('doing', 2)
      const tab = aTab()
      const typed = new Map<string, string>()
      let words = 0
      for (const did of steps) {
        if (did.does === 'move' || did.does === 'others') {
          const { card, status, beside, where } = did as Extract<typeof did, { beside: number }>
          const other = ids[beside]!
          const at = where === 'after' ? { afterId: other } : where === 'before' ? { beforeId: other } : {}
          if (did.does === 'move') tab.writer.moveCard({ id: ids[card]!, status, ...at }, status)
          else server.documents.moveByOthers(ids[card]!, status, at)
        } else if (did.does === 'type') {
          const id = ids[(did as { card: number }).card]!
          typed.set(id, `Word ${++words}`)
          tab.writer.edit(id, { title: typed.get(id)! })
        } else if (did.does === 'retitle') {
          server.documents.change(ids[(did as { card: number }).card]!, { title: `Theirs ${++words}` })
        } else if (did.does === 'hear') {
          tab.hear()
          tab.writer.met(ids.map((id) => tab.known(id)))
        } else if (did.does === 'undo') {
          tab.writer.undo()
          typed.clear()
        } else if (did.does === 'wait') await idle()
        else server.down = did.does === 'down'
      }
      server.down = false
      for (let round = 0; round < 4; round++) {
        tab.writer.tryAgain()
        await tab.pass(60_000)
      }
      tab.hear()
      const left = tab.writer.state.get()
      expect(left.cardMoves).toEqual([])
      const setup = { rootId }
      const shown = shownChunks(tab.chunks(), { ...left, edits: new Map() })
      const known = server.documents.inDocument(documentId)
      expect(drawnOf(inputOf([...shown.values()], setup))).toEqual(drawnOf(inputOf(known, setup)))
      for (const [id, title] of typed) {
        const edit = left.edits.get(id)
        const { title: is, versions } = server.documents.get(id)
        const had = [is, ...versions.map((version) => version.title), edit && unsaved(edit).title]
        expect(had).toContain(title)
      }
    }),
    { numRuns: 150 },
  )
}, 60_000)
