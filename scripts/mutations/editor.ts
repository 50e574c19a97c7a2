import type { Mutation } from './mutation.ts'

const documents = 'apps/loomboard/src/features/documents'
const merge = `${documents}/writing/merge`
const source = 'apps/loomboard/src/components/source'
const text = `${documents}/card/text`
const races = [`${merge}/merge-text.test.ts`, `${documents}/writing/text-races.test.ts`]

/** Two who write one text: what is put together, what a person decides, and what the editor shows of it. */
export const editor: Mutation[] = [
  {
    name: 'editor/gives-way-to-a-press',
    file: 'apps/loomboard/src/features/documents/card/text/conflict/text-conflict.tsx',
    find: 'if (!isPressed.current) setWide(true)',
    replacement: 'setWide(true)',
    tests: ['apps/loomboard/src/features/documents/document-page.test.tsx'],
  },
  {
    name: 'editor/theirs-left-out',
    file: `${merge}/merge-text.ts`,
    find: "return [{ kind: 'agreed', text: textIn(mine), theirs: was }]",
    replacement: "return [{ kind: 'agreed', text: was, theirs: was }]",
    tests: races,
  },
  {
    name: 'editor/goes-on-from-nothing',
    file: `${merge}/merge-text.ts`,
    find: 'if ((addsA && b.blocks.length === 0) || (addsB && a.blocks.length === 0)) return true',
    replacement: 'if (addsA && addsB) return true',
    tests: races,
  },
  {
    name: 'editor/code-lines-that-touch',
    file: `${merge}/merge-text.ts`,
    find: '.some((block) => block?.inFence)',
    replacement: '.some((block) => block?.inFence && addsA && addsB)',
    tests: races,
  },
  {
    name: 'editor/paragraph-by-lines',
    file: `${merge}/blocks.ts`,
    find: 'lead.some((line) => delimiterRow.test(line)) ? lead',
    replacement: 'lead.length > 0 ? lead',
    tests: races,
  },
  {
    name: 'editor/last-line-end-of-theirs-lost',
    file: `${merge}/merge-text.ts`,
    find: 'isEnded: mine.isEnded === base.isEnded ? theirs.isEnded : mine.isEnded,',
    replacement: 'isEnded: mine.isEnded,',
    tests: races,
  },
  {
    name: 'editor/decided-forgets-the-rest',
    file: `${documents}/writing/chunk-edit.ts`,
    find: "return keys.includes('body') ? withText({ ...edit, problem }, textPieces(edit, known)) : { ...edit, problem }",
    replacement: 'return { ...edit, problem }',
    tests: [`${documents}/document-page.test.tsx`, `${documents}/writing/text-races.test.ts`],
  },
  {
    name: 'editor/typed-on-what-was-not-seen',
    file: `${documents}/writing/chunk-edit.ts`,
    find: '  return next && met(next, known)',
    replacement: '  return next && { ...next, revision: known.revision }',
    tests: [`${documents}/writing`],
  },
  {
    name: 'editor/outline-taken-for-a-text',
    file: `${documents}/writing/chunk-edit.ts`,
    find: "const isUnread = 'body' in edit.waiting && known.body === undefined",
    replacement: 'const isUnread = false',
    tests: [`${documents}/writing/chunk-edit.test.ts`],
  },
  {
    name: 'editor/merge-not-told',
    file: `${documents}/writing/chunk-writer.ts`,
    find: 'if (change) this.together.set(',
    replacement: 'if (!change) this.together.set(',
    tests: [`${documents}/document-page.test.tsx`],
  },
  {
    name: 'editor/undo-takes-the-wrong-side',
    file: `${merge}/put-together.ts`,
    find: 'mergeText(to.body, left, from.body)',
    replacement: 'mergeText(from.body, left, to.body)',
    tests: [`${documents}/document-page.test.tsx`],
  },
  {
    name: 'editor/typed-over-what-is-not-here-yet',
    file: `${source}/bound-text.ts`,
    find: 'withChanges(this.seen, transaction.changes.map(missing, true))',
    replacement: 'withChanges(this.seen, transaction.changes)',
    tests: [`${source}/bound-text.test.ts`],
  },
  {
    name: 'editor/line-ends-of-others-changed',
    file: `${source}/line-ends.ts`,
    find: "text.startsWith('\\r\\n', inText) ? 2 : 1",
    replacement: '1',
    tests: [`${source}/bound-text.test.ts`],
  },
  {
    name: 'editor/checkbox-in-code-ticked',
    file: `${text}/toggle-task.ts`,
    find: "if (name === 'TaskMarker' && count++ === nth) at = from + 1",
    replacement: "if (name === 'TaskMarker' && ++count === nth) at = from + 1",
    tests: [`${text}/toggle-task.test.ts`],
  },
  {
    name: 'editor/same-title-links-anywhere',
    file: `${text}/completions/chunk-links.ts`,
    find: 'times.get(chunk.title.trim().toLowerCase()) === 1',
    replacement: 'times.size > 0',
    tests: [`${text}/completions`],
  },
  {
    name: 'editor/agent-not-told-what-changed',
    file: 'apps/runtime/src/areas/documents/history/what-changed.ts',
    find: "error.fields.reason !== 'revision_conflict') throw error",
    replacement: "error.fields.reason === 'revision_conflict') throw error",
    tests: ['apps/runtime/src/areas/documents/writers.test.ts'],
  },
  {
    name: 'editor/disputed-place-beyond-the-end-is-looked-for-elsewhere',
    file: `${text}/disputed-places.ts`,
    find: 'Math.min(place, doc.length)',
    replacement: 'place',
    tests: [`${text}/disputed-places.test.ts`],
  },
  {
    name: 'editor/disputed-line-after-the-place-is-marked',
    file: `${text}/disputed-places.ts`,
    find: 'Math.max(from, to - 1)',
    replacement: 'to',
    tests: [`${text}/disputed-places.test.ts`],
  },
]
