import type { Mutation } from './mutation.ts'

const documents = 'apps/loomboard/src/features/documents'
const talk = [`${documents}/talk/comments.test.tsx`]
const runs = [`${documents}/runs/at-work.test.tsx`]
const beside = 'apps/loomboard/src/features/chat/beside'
const assistant = [`${beside}/assistant-panel.test.tsx`]

/** What is said about cards, and who is at work on them. */
export const talking: Mutation[] = [
  {
    name: 'talk/answer-to-an-answer-is-its-own-thread',
    file: `${documents}/model/comments.ts`,
    find: 'if (root === comment.id) threadOf',
    replacement: "if (root !== '') threadOf",
    tests: [`${documents}/model/comments.test.ts`],
  },
  {
    name: 'talk/refused-words-are-gone',
    file: `${documents}/writing/structure.ts`,
    find: 'this.env.giveBack(',
    replacement: 'void Object(',
    tests: talk,
  },
  {
    name: 'talk/unreadable-comment-is-read-for-ever',
    file: `${documents}/talk/use-talk.ts`,
    find: ' || readFor.current === seen) return',
    replacement: ') return',
    tests: talk,
  },
  {
    name: 'talk/code-mentions',
    file: `${documents}/model/mentions.ts`,
    find: "text.replace(code, ' ')",
    replacement: 'text',
    tests: [`${documents}/model/mentions.test.ts`],
  },
  {
    name: 'talk/runs-of-other-documents',
    file: `${documents}/model/card-runs.ts`,
    find: "card?.documentId === documentId && status === 'running'",
    replacement: "card !== undefined && status === 'running'",
    tests: [`${documents}/model/card-runs.test.ts`],
  },
  {
    name: 'talk/own-window-is-somebody-else',
    file: `${documents}/presence/presence.ts`,
    find: 'chunk_id === cardId && client_id !== own',
    replacement: 'client_id !== own',
    tests: runs,
  },
  {
    name: 'talk/whole-runs-are-reverted-over-others',
    file: `${documents}/model/run-deeds.ts`,
    find: 'change.seq > seq && ',
    replacement: '',
    tests: [`${documents}/model/run-deeds.test.ts`],
  },
  {
    name: 'talk/cached-tokens-cost-nothing',
    file: 'apps/loomboard/src/lib/runs/spent.ts',
    find: 'input_tokens + output_tokens + cache_creation_tokens + cache_read_tokens',
    replacement: 'input_tokens + output_tokens',
    tests: ['apps/loomboard/src/lib/runs/spent.test.ts'],
  },
  {
    name: 'talk/comment-is-told-as-a-chunk',
    file: `${documents}/model/changes.ts`,
    find: "changed?.type === 'comment' || title.startsWith('Comment by ')",
    replacement: 'false',
    tests: [`${documents}/model/changes.test.ts`],
  },
  {
    name: 'talk/last-of-several-changes-is-all-there-was',
    file: `${documents}/model/changes.ts`,
    find: 'from: next.get(chunk_id)?.from ?? revisionBefore(change)',
    replacement: 'from: revisionBefore(change)',
    tests: [`${documents}/model/changes.test.ts`],
  },
  {
    name: 'talk/own-changes-are-news',
    file: `${documents}/components/news.tsx`,
    find: " && actorName(actor, self) !== 'you'",
    replacement: '',
    tests: [`${documents}/changed`],
  },
  {
    name: 'talk/runs-of-cards-are-chats',
    file: 'apps/runtime/src/areas/history/store.ts',
    find: 'startedByAnAgent} and not ',
    replacement: 'startedByAnAgent} or ',
    tests: ['apps/runtime/test/cards.test.ts'],
  },
  {
    name: 'talk/assistant-is-told-nothing-of-the-card',
    file: `${beside}/assistant-panel.tsx`,
    find: 'about={meant.references}',
    replacement: '',
    tests: assistant,
  },
  {
    name: 'talk/refused-words-come-back-with-references',
    file: 'apps/loomboard/src/features/chat/attachments/use-attachments.ts',
    find: 'const along = { typed: typed.text,',
    replacement: 'const along = { typed: said.text,',
    tests: assistant,
  },
  {
    name: 'talk/anybody-is-beside-a-document',
    file: `${beside}/document-agent.ts`,
    find: 'agents.filter(({ documents }) => documents)',
    replacement: '[...agents]',
    tests: assistant,
  },
  {
    name: 'talk/closing-the-assistant-stops-it',
    file: 'apps/loomboard/src/features/chat/components/composer/composer.tsx',
    find: 'mode.canStop && !stopping && !isBeside',
    replacement: 'mode.canStop && !stopping',
    tests: assistant,
  },
  {
    name: 'talk/closed-conversation-is-forgotten',
    file: `${documents}/assistant/assistant-place.tsx`,
    find: 'rememberSession(documentId, next)',
    replacement: 'void next',
    tests: assistant,
  },
  {
    name: 'talk/script-deletes-unasked',
    file: 'apps/runtime/src/models/providers/scripted/manager/index.ts',
    find: "if (wish.kind === 'delete') {",
    replacement: "if (wish.kind === 'move') {",
    tests: ['apps/runtime/test/document-manager.test.ts'],
  },
  {
    name: 'talk/script-writes-on-what-it-read-first',
    file: 'apps/runtime/src/models/providers/scripted/manager/index.ts',
    find: "reading = read()\n    if (!reading) return { text: 'Somebody",
    replacement: "read()\n    if (!reading) return { text: 'Somebody",
    tests: ['apps/runtime/test/document-manager.test.ts'],
  },
  {
    name: 'talk/comment-under-a-comment-is-nowhere',
    file: `${documents}/model/asides.ts`,
    find: 'const about = subjectOf(all, chunk, rootId)',
    replacement: "const about = chunk.parent_id ?? ''",
    tests: [`${documents}/model/asides.test.ts`],
  },
  {
    name: 'talk/picture-of-copied-words',
    file: `${documents}/card/text/paste/images-in.ts`,
    find: "words.trim() === '' ?",
    replacement: 'words.length >= 0 ?',
    tests: [`${documents}/card/text/paste/images-in.test.ts`],
  },
]
