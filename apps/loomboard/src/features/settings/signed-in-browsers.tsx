import type { BrowserSession } from '@loomcycle/client'
import { queryOptions, useMutation, useQuery } from '@tanstack/react-query'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { Skeleton } from '../../components/ui/skeleton.tsx'
import { client, connection } from '../../lib/client.ts'
import { describeError } from '../../lib/describe-error.ts'
import { formatRelative, formatTime } from '../../lib/format.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import { toast } from '../../lib/toast.ts'
import { useNow } from '../../lib/use-now.ts'
import { Row, Section } from './section.tsx'

const browsersQuery = queryOptions({
  queryKey: ['browser-sessions'],
  queryFn: ({ signal }) => client.listBrowserSessions({ signal }).then(({ sessions }) => sessions),
})

/** Where one is signed in. Without a token nobody is. */
export function SignedInBrowsers() {
  const me = useQuery(whoamiQuery).data
  return !me || me.open_mode ? null : <Browsers />
}

function Browsers() {
  const browsers = useQuery(browsersQuery)
  const everywhere = useMutation({
    mutationFn: () => client.endBrowserSessions(),
    onSuccess: () => connection.signedOut(),
    onError: (error) => toast.error('Nobody was signed out', error),
  })
  const signOut = useSignOut()
  return (
    <Section title="Signed-in browsers">
      {browsers.isError && (
        <Row label={<span role="alert">They could not be listed</span>} hint={describeError(browsers.error).reason}>
          <span className="flex gap-2">
            <Button onClick={() => void browsers.refetch()}>Try again</Button>
            <Button disabled={signOut.isPending} onClick={() => signOut.mutate()}>
              Sign out
            </Button>
          </span>
        </Row>
      )}
      {browsers.isPending && (
        <Row label={<Skeleton className="h-4 w-40" />}>
          <Skeleton className="h-8 w-20" />
        </Row>
      )}
      {browsers.data?.length === 0 && (
        <Row label="None" hint="Whoever asks brings the token along, as a proxy in front of the runtime may do." />
      )}
      {browsers.data?.map((browser) => (
        <Browser key={browser.id} browser={browser} />
      ))}
      {(browsers.data?.length ?? 0) > 1 && (
        <Row label="All of them" hint="This one as well. What they have open closes at once.">
          <Button variant="danger" disabled={everywhere.isPending} onClick={() => everywhere.mutate()}>
            {everywhere.isPending ? 'Signing out…' : 'Sign out everywhere'}
          </Button>
        </Row>
      )}
    </Section>
  )
}

function Browser({ browser }: { browser: BrowserSession }) {
  const { id, current } = browser
  const now = useNow(60_000)
  const signOutHere = useSignOut()
  const signOutThere = useMutation({
    mutationFn: () => client.endBrowserSession(id),
    onSuccess: () => queryClient.setQueryData(browsersQuery.queryKey, (all) => all?.filter((other) => other.id !== id)),
    onError: (error) => toast.error(`${browser.browser} was not signed out`, error),
    onSettled: () => queryClient.invalidateQueries({ queryKey: browsersQuery.queryKey }),
  })
  const signOut = current ? signOutHere : signOutThere
  const used = formatRelative(Date.parse(browser.last_used_at), now)
  const since = formatTime(Date.parse(browser.created_at))
  return (
    <Row
      label={
        <span className="flex flex-wrap items-center gap-2">
          {browser.browser}
          {current && <Badge>This browser</Badge>}
        </span>
      }
      hint={`${current ? 'In use' : `Used ${ago(used)}`} from ${browser.address} · since ${since}`}
    >
      <Button
        aria-label={current ? undefined : `Sign out ${browser.browser}, used ${ago(used)}`}
        disabled={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {signOut.isPending ? 'Signing out…' : 'Sign out'}
      </Button>
    </Row>
  )
}

function useSignOut() {
  return useMutation({
    mutationFn: () => client.logout(),
    onSuccess: () => connection.signedOut(),
    onError: (error) => toast.error('You were not signed out', error),
  })
}

/** 5m ago; just now; 12 Oct. */
function ago(relative: string): string {
  if (relative === 'now') return 'just now'
  return /^\d+[mhd]$/.test(relative) ? `${relative} ago` : `on ${relative}`
}
