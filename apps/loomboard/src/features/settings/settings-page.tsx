import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ErrorState } from '../../components/error-state.tsx'
import { ConnectionStatus } from '../../components/shell/connection-status.tsx'
import { PageBody } from '../../components/shell/page-body.tsx'
import { PageHeader } from '../../components/shell/page-header.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Segmented } from '../../components/ui/segmented.tsx'
import { Select } from '../../components/ui/select.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { copies, copyCount } from '../../lib/browser/copies.ts'
import { type NotificationState, notifications, turnNotifications } from '../../lib/browser/notifications.ts'
import { setPageTitle } from '../../lib/browser/page-title.ts'
import { useStore } from '../../lib/browser/store.ts'
import { setTheme, type ThemeChoice, themeChoices, useTheme } from '../../lib/browser/theme.ts'
import { formatDuration, plural } from '../../lib/format.ts'
import { openOverlay } from '../../lib/overlays.ts'
import { agentsQuery, healthQuery, whoamiQuery } from '../../lib/queries.ts'
import { preferAgent, preferredAgent } from '../../lib/runs/preferred-agent.ts'
import { Replicas } from './replicas.tsx'
import { Row, Section } from './section.tsx'
import { SignedInBrowsers } from './signed-in-browsers.tsx'

const themeNames: Record<ThemeChoice, string> = { system: 'System', light: 'Light', dark: 'Dark' }

export function SettingsPage() {
  const theme = useTheme()
  useEffect(() => setPageTitle('Settings'), [])
  return (
    <>
      <PageHeader title="Settings" />
      <PageBody className="flex flex-col gap-8">
        <Section title="Appearance">
          <Row label="Theme">
            <Segmented
              label="Theme"
              value={theme}
              options={themeChoices.map((value) => ({ value, label: themeNames[value] }))}
              onChange={setTheme}
            />
          </Row>
        </Section>
        <NewChats />
        <Notifications />
        <SignedInBrowsers />
        <Runtime />
        <Replicas />
        <Agents />
        <Help />
      </PageBody>
    </>
  )
}

function NewChats() {
  const agents = useQuery(agentsQuery)
  const preferred = useStore(preferredAgent)
  const usual = agents.data?.find((agent) => agent.default)?.name
  const known = preferred === '' || agents.data?.some(({ name }) => name === preferred)
  return (
    <Section title="New chats">
      <Row label="Agent" hint="Whom new chats are with. Another one can be chosen for each chat before it begins.">
        {agents.data ? (
          <Select
            aria-label="Agent of new chats"
            value={preferred}
            onChange={(event) => preferAgent(event.target.value)}
            className="max-w-72 text-text"
          >
            <option value="">{usual ? `The runtime’s choice (${usual})` : 'The runtime’s choice'}</option>
            {!known && <option value={preferred}>{preferred}, which is not there now</option>}
            {agents.data.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        ) : (
          <Skeleton className="h-4 w-24" />
        )}
      </Row>
    </Section>
  )
}

function Help() {
  const count = useStore(copyCount)
  useEffect(() => void copies.count(), [])
  return (
    <Section title="This browser">
      <Row label="Keyboard shortcuts">
        <Button onClick={() => openOverlay('shortcuts')}>Show</Button>
      </Row>
      <Row label="Copies for reading offline" hint="The chats that were opened here last. They go when you sign out.">
        <span className="flex items-center gap-3">
          {count === undefined ? '' : plural(count, 'chat')}
          <Button disabled={!count} onClick={() => void copies.clear()}>
            Remove
          </Button>
        </span>
      </Row>
    </Section>
  )
}

const notificationHints: Partial<Record<NotificationState, string>> = {
  unsupported: 'This browser has none for pages like this one.',
  blocked: 'The browser blocks them for this page; its own settings for this page allow them again.',
}

function Notifications() {
  const state = useStore(notifications)
  return (
    <Section title="Notifications">
      <Row
        label="While this page is in the background"
        hint={notificationHints[state] ?? 'When an agent has answered or asks you something. Kept for this browser.'}
      >
        {state === 'on' || state === 'off' ? (
          <Button onClick={() => void turnNotifications(state === 'off')}>
            {state === 'on' ? 'Turn off' : 'Turn on'}
          </Button>
        ) : (
          'Not available'
        )}
      </Row>
    </Section>
  )
}

function Runtime() {
  const health = useQuery(healthQuery)
  const whoami = useQuery(whoamiQuery)
  if (whoami.isError) {
    return (
      <ErrorState title="The runtime could not be asked" error={whoami.error} onRetry={() => void whoami.refetch()} />
    )
  }
  const me = whoami.data
  return (
    <Section title="Runtime">
      <Row label="Connection">
        <ConnectionStatus />
      </Row>
      <Row label="Version">{health.data ? health.data.version : <Skeleton className="h-4 w-16" />}</Row>
      <Row label="Running for">
        {health.data ? formatDuration((health.data.uptime_seconds ?? 0) * 1000) : <Skeleton className="h-4 w-16" />}
      </Row>
      <Row label="You are">{me ? `${me.subject} · ${me.tenant_id}` : <Skeleton className="h-4 w-24" />}</Row>
      {me?.open_mode && (
        <Row label="Access" hint="No token is set: everybody who reaches this runtime is its operator.">
          Open
        </Row>
      )}
    </Section>
  )
}

function Agents() {
  const agents = useQuery(agentsQuery)
  if (!agents.data?.length) return null
  return (
    <Section title="Agents">
      {agents.data.map((agent) => (
        <Row key={agent.name} label={agent.name} hint={agent.description}>
          {agent.scripted ? 'Scripted' : [agent.provider, agent.model].filter(Boolean).join(' · ')}
        </Row>
      ))}
    </Section>
  )
}
