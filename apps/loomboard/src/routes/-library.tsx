import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ComponentProps, lazy, Suspense } from 'react'
import { AgentsPage } from '../features/agents/list/agents-page.tsx'
import { shelves } from '../features/agents/model/shelves.ts'
import { AgentPage } from '../features/agents/page/agent-page.tsx'
import { ModelsPage } from '../features/models/models-page.tsx'
import { SkillPage } from '../features/skills/skill-page.tsx'
import { SkillsPage } from '../features/skills/skills-page.tsx'
import { TeamsPage } from '../features/teams/list/teams-page.tsx'
import { starterKeys } from '../features/teams/model/starters.ts'
import { TeamPage } from '../features/teams/page/team-page.tsx'
import { searchOf, viewFrom } from '../features/usage/model/view.ts'
import { UsagePage } from '../features/usage/usage-page.tsx'
import { VolumePage } from '../features/volumes/volume-page.tsx'
import { VolumesPage } from '../features/volumes/volumes-page.tsx'

/** The pages of the library come together: whoever looks at one of them looks at the next. Its editors come when somebody writes. */
const AgentEditor = lazy(() => import('./-library-editors.tsx').then((module) => ({ default: module.AgentEditor })))
const SkillEditor = lazy(() => import('./-library-editors.tsx').then((module) => ({ default: module.SkillEditor })))
const TeamEditor = lazy(() => import('./-library-editors.tsx').then((module) => ({ default: module.TeamEditor })))

const agents = getRouteApi('/agents/')
const agent = getRouteApi('/agents/$')
const skills = getRouteApi('/skills/')
const skill = getRouteApi('/skills/$')
const teams = getRouteApi('/teams/')
const team = getRouteApi('/teams/$')
const usage = getRouteApi('/usage')
const volume = getRouteApi('/volumes/$name')

export function Agents() {
  const { create, from, q, shelf } = agents.useSearch()
  const navigate = useNavigate()
  if (!create) return <AgentsPage q={q} shelf={shelves.find((known) => known === shelf)} />
  const onLeave = (name?: string) =>
    void (name ? navigate({ to: '/agents/$', params: { _splat: name } }) : navigate({ to: '/agents', search: {} }))
  return <Editor of={AgentEditor} key={from} version={from} onLeave={onLeave} />
}

export function Agent() {
  const { _splat: name = '' } = agent.useParams()
  const { edit, compare } = agent.useSearch()
  const navigate = useNavigate()
  if (!edit) return <AgentPage key={name} name={name} compare={compare} />
  const onLeave = () => void navigate({ to: '/agents/$', params: { _splat: name }, search: {} })
  return <Editor of={AgentEditor} key={`${name} ${edit}`} name={name} version={edit} onLeave={onLeave} />
}

export function Skills() {
  const { create, from, q } = skills.useSearch()
  const navigate = useNavigate()
  if (!create) return <SkillsPage q={q} />
  const onLeave = (name?: string) =>
    void (name ? navigate({ to: '/skills/$', params: { _splat: name } }) : navigate({ to: '/skills', search: {} }))
  return <Editor of={SkillEditor} key={from} version={from} onLeave={onLeave} />
}

export function Skill() {
  const { _splat: name = '' } = skill.useParams()
  const { edit, compare } = skill.useSearch()
  const navigate = useNavigate()
  if (!edit) return <SkillPage key={name} name={name} compare={compare} />
  const onLeave = () => void navigate({ to: '/skills/$', params: { _splat: name }, search: {} })
  return <Editor of={SkillEditor} key={`${name} ${edit}`} name={name} version={edit} onLeave={onLeave} />
}

export function Teams() {
  const { create, from, start, q } = teams.useSearch()
  const navigate = useNavigate()
  if (!create) return <TeamsPage q={q} />
  return (
    <Suspense>
      <TeamEditor
        key={from}
        version={from}
        start={starterKeys.find((known) => known === start)}
        onStart={(next) =>
          void navigate({
            to: '/teams',
            search: { create: true, ...(next === 'plain' ? {} : { start: next }) },
            replace: true,
          })
        }
        onLeave={(name) =>
          void (name ? navigate({ to: '/teams/$', params: { _splat: name } }) : navigate({ to: '/teams', search: {} }))
        }
      />
    </Suspense>
  )
}

export function Team() {
  const { _splat: name = '' } = team.useParams()
  const { edit, compare } = team.useSearch()
  const navigate = useNavigate()
  if (!edit) return <TeamPage key={name} name={name} compare={compare} />
  const onLeave = () => void navigate({ to: '/teams/$', params: { _splat: name }, search: {} })
  return (
    <Suspense>
      <TeamEditor key={`${name} ${edit}`} name={name} version={edit} onLeave={onLeave} />
    </Suspense>
  )
}

export const Volumes = VolumesPage
export const Models = ModelsPage

export function Usage() {
  const search = usage.useSearch()
  const navigate = useNavigate()
  return (
    <UsagePage
      view={viewFrom(search)}
      onView={(view) => void navigate({ to: '/usage', search: searchOf(view), replace: true })}
    />
  )
}

export function Volume() {
  const { name } = volume.useParams()
  const { path = '', file } = volume.useSearch()
  return <VolumePage name={name} folder={path} file={file} />
}

function Editor({ of: Of, ...props }: { of: typeof AgentEditor } & ComponentProps<typeof AgentEditor>) {
  return (
    <Suspense>
      <Of {...props} />
    </Suspense>
  )
}
