import type { Mutation } from './mutation.ts'

const definitions = 'apps/loomboard/src/components/definitions'
const agents = 'apps/loomboard/src/features/agents'
const skills = 'apps/loomboard/src/features/skills'
const volumes = 'apps/loomboard/src/features/volumes'
const chat = 'apps/loomboard/src/features/chat'
const editor = [`${agents}/agent-editor.test.tsx`]

/** The pages of agents, skills and volumes, and what chats show of them. */
export const library: Mutation[] = [
  {
    name: 'library/comment-goes-with-its-value',
    file: `${definitions}/definition-text.ts`,
    find: 'if (isMap(members)) leaveComment(members, path.at(-1)!)',
    replacement: '',
    tests: [`${agents}/model`],
  },
  {
    name: 'library/empty-group-stays',
    file: `${definitions}/definition-text.ts`,
    find: 'members.items.length === 0) take(document, above)',
    replacement: 'members.items.length < 0) take(document, above)',
    tests: [`${agents}/model`],
  },
  {
    name: 'library/lists-stay-in-a-fork',
    file: `${definitions}/editor/save.ts`,
    find: '{ ...emptied(base?.definition ?? {}, definition), ...definition }',
    replacement: '{ ...definition }',
    tests: editor,
  },
  {
    name: 'library/what-stays-is-not-said',
    file: `${definitions}/editor/save.ts`,
    find: 'if (!isFork(saving) || !base) return []',
    replacement: 'if (isFork(saving) || !base) return []',
    tests: editor,
  },
  {
    name: 'library/field-path-not-read',
    file: `${definitions}/editor/field-problem.ts`,
    find: "if (found) return { path: found[1]!.split('.'), message: found[2]! }",
    replacement: 'if (found) return { path: [], message: found[2]! }',
    tests: editor,
  },
  {
    name: 'library/draft-not-kept',
    file: `${definitions}/editor/use-draft.ts`,
    find: 'keepDrafts(key, isKept ? drafts : [])',
    replacement: 'keepDrafts(key, [])',
    tests: editor,
  },
  {
    name: 'library/compared-with-the-latest',
    file: `${definitions}/version-list.tsx`,
    find: 'return parent_def_id ?? versions[i + 1]?.def_id',
    replacement: 'return versions[i + 1]?.def_id',
    tests: [`${agents}/agent-page.test.tsx`],
  },
  {
    name: 'library/undo-of-promote-retires',
    file: `${definitions}/version-actions.ts`,
    find: "await ask(family, { op: 'promote', def_id: before })",
    replacement: "await ask(family, { op: 'retire', def_id: before, retired: true })",
    tests: [`${agents}/agent-page.test.tsx`],
  },
  {
    name: 'library/pattern-is-a-name',
    file: `${skills}/had-by.ts`,
    find: "return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name",
    replacement: 'return pattern === name',
    tests: [`${skills}/skills.test.tsx`],
  },
  {
    name: 'library/purged-by-a-slip',
    file: `${volumes}/remove-volume-dialog.tsx`,
    find: 'disabled={remove.isPending || (isPurged && typed !== name)}',
    replacement: 'disabled={remove.isPending}',
    tests: [`${volumes}/volumes.test.tsx`],
  },
  {
    name: 'library/part-read-twice',
    file: `${volumes}/queries.ts`,
    find: '...(pageParam > 0 ? { offset: pageParam } : {}),',
    replacement: '',
    tests: [`${volumes}/volumes.test.tsx`],
  },
  {
    name: 'library/new-chat-without-its-model',
    file: `${chat}/components/chat-screen.tsx`,
    find: 'if (!overrides) return agent',
    replacement: 'if (overrides || !overrides) return agent',
    tests: [`${chat}/tuning`],
  },
  {
    name: 'library/scripts-are-models',
    file: `${chat}/tuning/overrides.ts`,
    find: 'filter(({ scripted }) => !scripted)',
    replacement: 'filter(() => true)',
    tests: [`${chat}/tuning`],
  },
  {
    name: 'library/failed-command-is-plain',
    file: `${chat}/tool-views/tool-view-kind.ts`,
    find: "isNamed(name) && byName[name] === 'terminal' ? 'terminal' : undefined",
    replacement: 'undefined',
    tests: [`${chat}/tool-views`],
  },
  {
    name: 'library/colour-never-ends',
    file: `${chat}/tool-views/shell/ansi.ts`,
    find: 'if (code === 0) style = {}',
    replacement: 'if (code === 0) style = { ...style }',
    tests: [`${chat}/tool-views/shell`],
  },
  {
    name: 'library/written-over-text-stays',
    file: `${chat}/tool-views/shell/ansi.ts`,
    find: "return end.slice(end.lastIndexOf('\\r') + 1)",
    replacement: 'return end',
    tests: [`${chat}/tool-views/shell`],
  },
  {
    name: 'library/models-asked-for-each-time',
    file: 'apps/runtime/src/models/routing/listings.ts',
    find: 'if (known && this.#clock.now() - known.at < lasts) return Promise.resolve(known)',
    replacement: '',
    tests: ['apps/runtime/src/models/routing/catalogue.test.ts'],
  },
  {
    name: 'library/models-forgotten-with-a-failure',
    file: 'apps/runtime/src/models/routing/listings.ts',
    find: 'this.#ask(provider, known?.models ?? [])',
    replacement: 'this.#ask(provider, [])',
    tests: ['apps/runtime/src/models/routing/catalogue.test.ts'],
  },
]
