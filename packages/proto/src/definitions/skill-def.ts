import { Type } from 'typebox'
import { opSet } from '../op.ts'
import { type Of, object, optional, Text, takenByNull } from '../schema.ts'
import { DefinitionRow, versionOps } from './row.ts'

const tools = (description: string) => optional(Type.Array(Type.String({ minLength: 1 }), { description }))

/** Instructions that agents read when they need them. */
export const SkillOverlay = object('SkillOverlay', {
  description: optional(Text('When it is of use; agents are told.')),
  body: optional(Text('Its instructions, in Markdown. A new skill has to have some.')),
  tools: tools('What an agent has to have to follow it.'),
  allowed_tools: tools('Older name of `tools`; ignored where both are given.'),
})
export type SkillOverlay = Of<typeof SkillOverlay>

/** What a fork has otherwise than what it is made from. */
const SkillChanges = object(
  'SkillChanges',
  { ...SkillOverlay.properties, description: takenByNull(Text('When it is of use; agents are told.')) },
  'What is not given stays; null takes away, and so does an empty list.',
)

export const SkillDefRow = DefinitionRow('SkillDef', SkillOverlay)
export type SkillDefRow = Of<typeof SkillDefRow>

export const skillDefOps = opSet({
  tool: 'SkillDef',
  description: 'Define skills: create, fork, compare, promote and retire versions of them.',
  access: 'substrate:tenant',
  http: { path: '/v1/_skilldef' },
  ops: versionOps('SkillDef', 'skills', { overlay: SkillOverlay, changes: SkillChanges }),
})
