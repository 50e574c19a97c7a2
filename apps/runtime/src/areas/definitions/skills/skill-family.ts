import { SkillOverlay } from '@loomcycle/proto'
import { withoutEmpty } from '../../../engine/definitions/content-hash.ts'
import { skillToOverlay } from '../../../engine/skills/skills.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import type { DefinitionDeps } from '../deps.ts'
import type { Family, Said } from '../family.ts'
import { requireBytes } from '../size.ts'

export function skillFamily({ skills, limits }: DefinitionDeps): Family<SkillOverlay> {
  return {
    family: 'SkillDef',
    noun: 'skill',
    scopes: { setting: 'skill_def_scopes', of: ({ skillDefScopes }) => skillDefScopes },
    largest: { definition: Number.POSITIVE_INFINITY, description: limits.skillDescriptionBytes },
    async findConfigured(_, name) {
      const found = skills.find(name)
      return found && skillToOverlay(found)
    },
    merge: mergeSkills,
    check(_, { body, description = '' }) {
      if (!body) throw new ToolError('overlay.body is missing; a skill is its instructions, in Markdown')
      requireBytes('overlay.body', body, limits.skillBodyBytes)
      requireBytes('overlay.description', description, limits.skillDescriptionBytes)
    },
  }
}

function mergeSkills(below: SkillOverlay, { allowed_tools, ...said }: Said<SkillOverlay>): SkillOverlay {
  const tools = said.tools ?? allowed_tools
  const known = Object.entries({ ...said, ...(tools ? { tools } : {}) }).filter(([name]) =>
    Object.hasOwn(SkillOverlay.properties, name),
  )
  return withoutEmpty({ ...below, ...(Object.fromEntries(known) as SkillOverlay) })
}
