import { object, optional, Text } from '@loomcycle/proto'
import type { Skills } from '../../../engine/skills/skills.ts'
import { ToolError } from '../../../ground/tool-error.ts'
import { plainTool } from '../../../tools/plain-tool.ts'
import type { Tool } from '../../../tools/tool.ts'
import { listSkillFiles, readSkillFile } from './skill-files.ts'

export function skillTool(skills: Skills): Tool {
  return plainTool({
    name: 'Skill',
    description:
      'Read how something is done: the instructions of one of your skills, or one of the files that come with it.',
    input: object('SkillInput', {
      name: Text('Of the skill.'),
      path: optional(Text('One of its files, as it is listed below its instructions.')),
    }),
    sideEffects: 'pure',
    effect: 'reads',
    async run({ name, path }, { caller: { tenantId, run } }) {
      const mine = run.options.skills?.list ?? []
      const entry = mine.find((skill) => skill.name === name)
      if (!entry) {
        const names = mine.map((skill) => skill.name).join(', ')
        throw new ToolError(`you have no skill ${name.slice(0, 128)}; ${names ? `you have ${names}` : 'you have none'}`)
      }
      if (entry.lacks) {
        throw new ToolError(
          `the skill ${name} needs the tools ${entry.lacks.join(', ')}, which you do not have; do without it, or say that the agent’s setting tools would have to list them`,
        )
      }
      const skill = await skills.findKept(tenantId, entry.id)
      if (!skill) throw new ToolError(`the skill ${name} is gone; do without it`)
      if (path !== undefined) return readSkillFile(skill, path)
      const files = await listSkillFiles(skill)
      return files === '' ? skill.body : `${skill.body.trimEnd()}\n\n${files}`
    },
  })
}
