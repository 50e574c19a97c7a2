import { createFileRoute, useNavigate } from '@tanstack/react-router'
import { DefinitionEditor } from '../components/definitions/editor/definition-editor.tsx'
import { skillSpec } from '../features/skills/skill-spec.ts'
import { SkillsPage } from '../features/skills/skills-page.tsx'

interface Search {
  /** Words that are searched for. */
  q?: string
  /** A new one is being written. */
  create?: boolean
  /** The version that it is made out of. */
  from?: string
}

export const Route = createFileRoute('/skills/')({
  validateSearch: ({ q, create, from }): Search => ({
    q: q === undefined || q === '' ? undefined : String(q),
    create: create === true ? true : undefined,
    from: typeof from === 'string' ? from : undefined,
  }),
  component: SkillsRoute,
})

function SkillsRoute() {
  const { create, from, q } = Route.useSearch()
  const navigate = useNavigate()
  if (!create) return <SkillsPage q={q} />
  return (
    <DefinitionEditor
      key={from}
      spec={skillSpec}
      version={from}
      onLeave={(name) =>
        void (name ? navigate({ to: '/skills/$', params: { _splat: name } }) : navigate({ to: '/skills', search: {} }))
      }
    />
  )
}
