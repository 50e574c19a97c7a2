import { opSets } from '@loomcycle/proto'
import type { Config } from '../ground/config/config.ts'

const others = ['Read', 'Write', 'Edit', 'Glob', 'Grep', 'NotebookEdit', 'Skill']

/** What tools a runtime has, before there is one; a test holds it against one that runs. */
export function toolNames({ shells: { bash, bashbox } }: Pick<Config, 'shells'>): string[] {
  return [...Object.keys(opSets), ...others, ...(bash ? ['Bash'] : []), ...(bashbox ? ['Bashbox'] : [])]
}
