import { type DefinitionSpec, field } from '../../../components/definitions/editor/field.ts'
import { TeamPane } from './team-pane.tsx'
import { TeamPicture } from './team-picture.tsx'
import { useTeamProblems } from './use-team-problems.ts'

/** All that can be said of a team. */
export const teamSpec: DefinitionSpec = {
  family: 'team',
  groups: [
    {
      id: 'about',
      title: 'What it is',
      fields: [
        field('description', 'Description', 'What it is for. People see it where they choose a team for a board.', {
          is: 'text',
        }),
        field(
          'max_iterations',
          'Most steps',
          'So many steps of agents in one run, so that nothing goes in circles for ever. 25 unless you say.',
          { is: 'number', min: 1, max: 1000, step: 1 },
        ),
      ],
    },
  ],
  kept: new Set(),
  whole: new Set(),
  own: {
    words: 'Table',
    parts: [
      { path: ['entry'], label: 'Where it begins' },
      { path: ['states'], label: 'States' },
      { path: ['transitions'], label: 'Ways on' },
      { path: ['colors'], label: 'Colours' },
    ],
    Pane: TeamPane,
    Picture: TeamPicture,
    useProblems: useTeamProblems,
  },
}
