import type { Mutation } from './mutation.ts'

const documents = 'apps/loomboard/src/features/documents'
const talk = [`${documents}/talk/comments.test.tsx`]
const runs = [`${documents}/runs/at-work.test.tsx`]

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
]
