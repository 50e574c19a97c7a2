import { type DefinitionSpec, field } from '../../components/definitions/editor/field.ts'

/** All that can be said of a skill. */
export const skillSpec: DefinitionSpec = {
  family: 'skill',
  groups: [
    {
      id: 'about',
      title: 'What it is',
      fields: [
        field('description', 'Description', 'When it is of use. Agents read this to know whether to read the rest.', {
          is: 'text',
        }),
        field('body', 'Instructions', 'What an agent is told when it reads the skill, in Markdown.', {
          is: 'long',
          language: 'markdown',
          hint: 'First, …',
        }),
        field('tools', 'Tools', 'What an agent has to have to follow it. Nothing unless you say.', { is: 'names' }),
      ],
    },
  ],
  kept: new Set(['allowed_tools']),
  whole: new Set(),
}
