import { type TSchema, Type } from 'typebox'
import { op } from '../op.ts'
import { Bool, cursor, Int, next_cursor, type Of, object, optional, Text, Time } from '../schema.ts'

export const definitionFamilies = ['AgentDef', 'SkillDef', 'TeamDef'] as const
export type DefinitionFamily = (typeof definitionFamilies)[number]

/** One version of something that is defined at run time; what it says never changes. */
const row = {
  def_id: Text(),
  name: Text(),
  version: Int('Counts up from 1 in each name.'),
  parent_def_id: optional(Text('The version it was made from.')),
  description: optional(Text('What its author says of this version.')),
  created_at: Time(),
  created_by_agent_id: Text('Handle of the run that made it; a_http-admin over HTTP.'),
  retired: Bool('It is not used any more.'),
  bootstrapped_from_static: Bool('A copy of what was configured, made to be forked.'),
  content_sha256: Text('Of the canonical JSON of its definition: the same for what says the same.'),
}

export function DefinitionRow<D extends TSchema>(family: DefinitionFamily, definition: D) {
  return object(`${family}Row`, {
    ...row,
    definition,
    promoted: optional(Bool('It is the active version of its name.')),
    deduplicated: optional(Bool('It was there already: the active version says the same.')),
    warnings: optional(Type.Array(Text(), { description: 'What will not work of it as things stand.' })),
  })
}

/** The verbs that every family of definitions has. `kind` is what it defines, in the plural. */
export function versionOps<D extends TSchema, C extends TSchema>(
  family: DefinitionFamily,
  kind: string,
  { overlay, changes }: { overlay: D; changes: C },
) {
  const Row = DefinitionRow(family, overlay)
  const name = Text('New names are segments of letters, digits, _ and -, with / between them; at most 128 characters.')
  const description = optional(Text('What is new about this version; at most 8 KiB.'))
  return {
    create: op({
      name: 'create',
      description: `Define one of the ${kind} anew, or make another version of one that was defined here. Where the active version says the same, that one is the answer.`,
      idempotent: false,
      effect: 'changes',
      input: object(`${family}CreateInput`, {
        name,
        overlay: optional(overlay),
        description,
        promote: optional(Bool('Make it the active version; true unless given.')),
      }),
      output: Row,
    }),
    fork: op({
      name: 'fork',
      description:
        'Make a version out of another: what is given is laid over it, and a text is taken away by null. Tools can be taken away in a fork, and never added.',
      idempotent: false,
      effect: 'changes',
      input: object(`${family}ForkInput`, {
        name,
        parent_def_id: optional(
          Text('The version to begin with, of any name; the active one of the name unless given.'),
        ),
        overlay: optional(changes),
        description,
        promote: optional(Bool('Make it the active version; false unless given.')),
      }),
      output: Row,
    }),
    get: op({
      name: 'get',
      description: 'One version, whole.',
      idempotent: true,
      effect: 'reads',
      input: object(`${family}GetInput`, { def_id: Text() }),
      output: Row,
    }),
    list: op({
      name: 'list',
      description: 'The versions of a name, newest first.',
      idempotent: true,
      effect: 'reads',
      input: object(`${family}ListInput`, {
        name,
        limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
        cursor,
      }),
      output: object(`${family}ListOutput`, { name: Text(), versions: Type.Array(Row), next_cursor }),
    }),
    retire: op({
      name: 'retire',
      description:
        'Take a version out of use, or back into it. A name all of whose versions are retired is free again.',
      idempotent: true,
      effect: 'changes',
      input: object(`${family}RetireInput`, {
        def_id: Text(),
        retired: optional(Bool('False takes it back; true unless given.')),
      }),
      output: object(`${family}RetireOutput`, { def_id: Text(), retired: Bool() }),
    }),
    promote: op({
      name: 'promote',
      description: 'Make a version the active one of its name; whatever begins from now on uses it.',
      idempotent: true,
      effect: 'changes',
      input: object(`${family}PromoteInput`, { def_id: Text() }),
      output: object(`${family}PromoteOutput`, { def_id: Text(), name: Text(), promoted: Bool() }),
    }),
    verify: op({
      name: 'verify',
      description: 'Whether what is in use under a name is what you think, by its hash.',
      idempotent: true,
      effect: 'reads',
      input: object(`${family}VerifyInput`, { name: Text(), content_sha256: optional(Text()) }),
      output: object(`${family}VerifyOutput`, {
        matches: Bool(),
        current_sha256: Text('Empty where nothing is in use.'),
        current_def_id: Text('Empty where nothing is in use, or what is configured.'),
        version: Int('0 where nothing is in use, or what is configured.'),
        name: Text(),
        deployed: Bool('Something is in use under the name.'),
      }),
    }),
  }
}

export const DefinitionName = object('DefinitionName', {
  name: Text(),
  tenant_id: optional(Text()),
  version_count: Int(),
  active_def_id: optional(Text()),
  latest_version: Int(),
  last_updated: Time(),
  live_version_count: Int('Of those that are not retired.'),
  active_retired: optional(Bool('The active version was retired and is not used.')),
})
export type DefinitionName = Of<typeof DefinitionName>

export const DefinitionNames = object('DefinitionNames', { names: Type.Array(DefinitionName), next_cursor })
export const DefinitionNamesQuery = object('DefinitionNamesQuery', {
  tenant: optional(Text('Another tenant than one’s own; for admins.')),
  prefix: optional(Text('Only names that begin with it.')),
  limit: optional(Type.Integer({ minimum: 1, maximum: 1000, default: 1000 })),
  cursor,
})
