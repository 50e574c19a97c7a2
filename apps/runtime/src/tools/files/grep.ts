import { Bool, object, oneOf, optional, Text } from '@loomcycle/proto'
import { Type } from 'typebox'
import { plainTool } from '../plain-tool.ts'
import type { Tool } from '../tool.ts'
import { volume } from './input.ts'
import { grepModes } from './search/jobs.ts'
import type { Searches } from './search/searches.ts'
import { inPlace } from './search-where.ts'
import type { VolumeAccess } from './volume-access.ts'

const lines = (description: string) => optional(Type.Integer({ minimum: 0, maximum: 100, description }))

export function grepTool(volumes: VolumeAccess, searches: Searches): Tool {
  return plainTool({
    name: 'Grep',
    description:
      'Find lines of the text files of a volume with a regular expression (RE2: no look-around, no references back). Files above 256 KiB and those that are no text are left out.',
    input: object('GrepInput', {
      pattern: Type.String({
        minLength: 1,
        maxLength: 10_000,
        description: 'It is looked for in each line by itself.',
      }),
      path: optional(Text('The folder or file to look in; all of the volume unless given.')),
      volume,
      glob: optional(Text('Only files like this, e.g. *.ts or src/**/*.md.')),
      output_mode: optional(
        oneOf(grepModes, 'files_with_matches unless given: the files; content: the lines; count: how many in each.'),
      ),
      case_insensitive: optional(Bool('Upper and lower case are the same.')),
      multiline: optional(Bool('Taken, and makes no difference: lines are looked at one by one.')),
      head_limit: optional(
        Type.Integer({
          minimum: 1,
          maximum: 10_000,
          description: 'So many matches, or files, at most; 100 unless given.',
        }),
      ),
      '-A': lines('With content: so many lines after each.'),
      '-B': lines('With content: so many lines before each.'),
      '-C': lines('With content: so many lines before and after each.'),
    }),
    sideEffects: 'filesystem',
    effect: 'reads',
    run: (input, { caller, signal }) =>
      volumes.inVolume(caller, input.volume, ({ root }) =>
        inPlace(root, input.path ?? '.', (where) => {
          const around = input['-C'] ?? 0
          const job = {
            ...{ kind: 'grep' as const, where, pattern: input.pattern, glob: input.glob },
            mode: input.output_mode ?? 'files_with_matches',
            ignoresCase: input.case_insensitive ?? false,
            most: input.head_limit ?? 100,
            before: input['-B'] ?? around,
            after: input['-A'] ?? around,
          }
          return searches.run(job, signal)
        }),
      ),
  })
}
