import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DefinitionPage } from '../../components/definitions/definition-page.tsx'
import { Part } from '../../components/definitions/part.tsx'
import { definitionInUse, type Entry, libraryQuery } from '../../components/definitions/queries.ts'
import { Markdown } from '../../components/markdown/markdown.tsx'
import { hadBy } from './had-by.ts'

export interface SkillPageProps {
  name: string
  /** The two versions that are compared: `from..to`. */
  compare: string | undefined
}

/** One skill: what it says, who has it, and what it said before. */
export function SkillPage({ name, compare }: SkillPageProps) {
  return (
    <DefinitionPage
      family="skill"
      name={name}
      compare={compare}
      onceRetired={({ static_definition }) =>
        static_definition
          ? 'What is configured is used instead.'
          : 'Nobody can read this skill until another version is put to use.'
      }
    >
      {(entry) => <Skill entry={entry} />}
    </DefinitionPage>
  )
}

function Skill({ entry }: { entry: Entry }) {
  const { body, tools } = definitionInUse(entry)
  return (
    <>
      <Part title="Instructions">
        {typeof body === 'string' && body !== '' ? (
          <Markdown text={body} />
        ) : (
          <p className="text-muted text-sm">It says nothing.</p>
        )}
      </Part>
      <Part title="Who has it">
        <Readers skill={entry.name} />
        {Array.isArray(tools) && tools.length > 0 && (
          <p className="mt-2 text-muted text-sm">Whoever follows it needs {tools.join(', ')}.</p>
        )}
      </Part>
    </>
  )
}

function Readers({ skill }: { skill: string }) {
  const { data } = useQuery(libraryQuery('agent'))
  const agents = data ? hadBy(data, skill) : []
  if (agents.length === 0) {
    return (
      <p className="text-muted text-sm">No agent has it. An agent gets it on its own page, under Tools and skills.</p>
    )
  }
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {agents.map((name) => (
        <li key={name}>
          <Link
            to="/agents/$"
            params={{ _splat: name }}
            className="text-accent-text underline-offset-2 hover:underline"
          >
            {name}
          </Link>
        </li>
      ))}
    </ul>
  )
}
