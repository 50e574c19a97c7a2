import type { SkillOverlay } from '@loomcycle/proto'
import type { Config, SkillDefinition } from '../../ground/config/config.ts'
import { withoutEmpty } from '../definitions/content-hash.ts'

/** Where skills come from that were not defined at run time. */
export interface SkillSource {
  find(name: string): SkillDefinition | undefined
  list(): SkillDefinition[]
}

export function configuredSkills({ skills }: Pick<Config, 'skills'>): SkillSource {
  return {
    find: (name) => (Object.hasOwn(skills, name) ? skills[name] : undefined),
    list: () => Object.values(skills),
  }
}

/** A skill in the words of the wire. */
export function skillToOverlay({ body, description, tools }: SkillDefinition): SkillOverlay {
  return withoutEmpty({ body, description, tools } as SkillOverlay)
}
