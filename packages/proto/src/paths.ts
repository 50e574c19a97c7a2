import { Type } from 'typebox'
import { op, opSet } from './op.ts'
import { Anything, Bool, Int, object, oneOf, optional, Text } from './schema.ts'

export const pathKinds = ['document', 'volume_mount', 'memory_entry', 'directory'] as const
export type PathKind = (typeof pathKinds)[number]

const scope = optional(
  oneOf(['agent', 'user', 'tenant'], 'Whose tree: this agent’s (unless given), the user’s, or the tenant’s.'),
)
const path = Text('Absolute, e.g. /docs/launch; segments of letters, digits, `.`, `_` and `-`.')
const kind = oneOf(pathKinds)
const resource_ref = optional(Anything('What the name stands for, e.g. {"document_id": …}.'))

const PathEntry = object('PathEntry', { name: Text(), kind, full_path: Text(), resource_ref })

export const pathOps = opSet({
  tool: 'Path',
  description: 'One tree of names for documents, volumes and memory entries. A name is not a permission.',
  access: 'substrate:tenant',
  http: { path: '/v1/_path' },
  ops: {
    resolve: op({
      name: 'resolve',
      description: 'What a path stands for.',
      idempotent: true,
      effect: 'reads',
      input: object('PathResolveInput', { scope, path }),
      output: object('PathResolveOutput', { name: optional(Text()), kind, full_path: Text(), resource_ref }),
    }),
    ls: op({
      name: 'ls',
      description: 'List what is under a path, by name; nothing where there is no such directory.',
      idempotent: true,
      effect: 'reads',
      input: object('PathLsInput', {
        scope,
        path: optional(path),
        recursive: optional(Bool('Everything below, not only what is directly there.')),
        kind_filter: optional(kind),
      }),
      output: object('PathLsOutput', { path: Text(), entries: Type.Array(PathEntry) }),
    }),
    stat: op({
      name: 'stat',
      description: 'What a path stands for, and since when.',
      idempotent: true,
      effect: 'reads',
      input: object('PathStatInput', { scope, path }),
      output: object('PathStatOutput', {
        full_path: Text(),
        name: Text(),
        kind,
        scope: Text(),
        resource_ref: Anything(),
        created_at: Text(),
        updated_at: Text(),
      }),
    }),
    mkdir: op({
      name: 'mkdir',
      description: 'Make a directory. Naming something below one makes it too.',
      idempotent: true,
      effect: 'changes',
      input: object('PathMkdirInput', { scope, path }),
      output: object('PathMkdirOutput', { ok: Bool(), path: Text(), created: Bool(), note: optional(Text()) }),
    }),
    mv: op({
      name: 'mv',
      description: 'Rename, with everything below.',
      idempotent: false,
      effect: 'changes',
      input: object('PathMvInput', { scope, path, to: Text('Where to; must not exist yet.') }),
      output: object('PathMvOutput', { ok: Bool(), from: Text(), to: Text() }),
    }),
    rm: op({
      name: 'rm',
      description: 'Remove a name; what it stands for stays.',
      idempotent: false,
      effect: 'changes',
      input: object('PathRmInput', {
        scope,
        path,
        recursive: optional(Bool('Also the names below it.')),
        resource_too: optional(Bool('Always refused; delete the thing itself instead.')),
      }),
      output: object('PathRmOutput', { ok: Bool(), removed: Text(), n_removed: Int() }),
    }),
  },
})
