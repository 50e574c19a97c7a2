import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { DefinitionEditor } from '../components/definitions/editor/definition-editor.tsx'
import { SkillPage } from '../features/skills/skill-page.tsx'
import { skillSpec } from '../features/skills/skill-spec.ts'

interface Search {
  /** The version that is being written on; `configured` for what is configured. */
  edit?: string
  /** Two versions, `from..to`. */
  compare?: string
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** The names of skills have slashes in them. */
export const Route = createFileRoute('/skills/$')({
  validateSearch: ({ edit, compare }): Search => ({
    edit: text(edit),
    compare: text(compare),
  }),
  component: SkillRoute,
})

function SkillRoute() {
  const { _splat: name = '' } = Route.useParams()
  const { edit, compare } = Route.useSearch()
  const navigate = useNavigate()
  if (!edit) return <SkillPage key={name} name={name} compare={compare} />
  return (
    <DefinitionEditor
      spec={skillSpec}
      key={`${name} ${edit}`}
      name={name}
      version={edit}
      onLeave={() => void navigate({ to: '/skills/$', params: { _splat: name }, search: {} })}
    />
  )
}
