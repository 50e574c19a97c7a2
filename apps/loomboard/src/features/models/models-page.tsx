import { useMutation, useQuery } from '@tanstack/react-query'
import { RefreshCw } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import { LibraryFrame } from '../../components/definitions/library-frame.tsx'
import { definitionInUse, libraryQuery } from '../../components/definitions/queries.ts'
import { ErrorState } from '../../components/error-state.tsx'
import { FirstModel } from '../../components/first-model.tsx'
import { LinesLoading } from '../../components/lines-loading.tsx'
import { useResolver } from '../../components/models.ts'
import { Button } from '../../components/ui/button.tsx'
import { cn } from '../../lib/cn.ts'
import { whoamiQuery } from '../../lib/queries.ts'
import { queryClient } from '../../lib/query-client.ts'
import { runsTenant } from '../../lib/rights.ts'
import { toast } from '../../lib/toast.ts'
import { useNow } from '../../lib/use-now.ts'
import { hasModel, otherServices, type Told, toServices } from './model/services.ts'
import { unserved } from './model/unserved.ts'
import { OtherServices } from './other-services.tsx'
import { liveModelsQuery, probeNow, routingQuery } from './queries.ts'
import { ServiceCard } from './service-card.tsx'
import { UnservedList } from './unserved-list.tsx'
import { WhereSet } from './where-set.tsx'

/** The services that models come from: how they are doing, what they have, and who uses it. */
export function ModelsPage() {
  const catalogue = useQuery(liveModelsQuery)
  const { data: me } = useQuery(whoamiQuery)
  const matrix = useResolver()
  const { data: routing } = useQuery({ ...routingQuery, enabled: runsTenant(me) })
  const { data: entries } = useQuery({ ...libraryQuery('agent'), enabled: runsTenant(me) })
  useAgentsOfNow(catalogue.data)
  const told = useMemo<Told | undefined>(() => {
    if (!catalogue.data) return undefined
    const agents = entries?.map((entry) => ({ name: entry.name, definition: definitionInUse(entry) }))
    return {
      catalogue: catalogue.data,
      ...(matrix && { matrix }),
      ...(routing && { routing }),
      ...(agents && { agents }),
    }
  }, [catalogue.data, matrix, routing, entries])
  const now = useNow(1_000)
  return (
    <LibraryFrame of="/models" action={matrix && <ProbeButton />} className="flex flex-col gap-8">
      {told ? (
        <Everything told={told} entries={entries} now={now} />
      ) : catalogue.error ? (
        <ErrorState
          title="The models could not be loaded"
          error={catalogue.error}
          onRetry={() => void catalogue.refetch()}
        />
      ) : (
        <LinesLoading label="Loading models" />
      )}
    </LibraryFrame>
  )
}

/** Agents get another model when the services become others. */
function useAgentsOfNow(catalogue: Told['catalogue'] | undefined) {
  const has = catalogue?.providers.map(({ provider, default_model }) => `${provider}/${default_model ?? ''}`).join()
  const had = useRef<string>(undefined)
  useEffect(() => {
    const isOther = had.current !== undefined && has !== undefined && had.current !== has
    had.current = has ?? had.current
    if (isOther) void queryClient.invalidateQueries({ queryKey: libraryQuery('agent').queryKey })
  }, [has])
}

function Everything({ told, entries, now }: { told: Told; entries: Parameters<typeof unserved>[1]; now: number }) {
  const services = useMemo(() => toServices(told), [told])
  const others = useMemo(() => otherServices(told.matrix), [told.matrix])
  const lacking = useMemo(() => unserved(told, entries), [told, entries])
  return (
    <>
      {!hasModel(services) && (
        <section
          aria-label="How to add a model"
          className="rounded-lg border border-dashed px-4 py-3 text-muted text-sm"
        >
          <FirstModel>
            <strong className="font-medium text-text">There is no model yet.</strong> Agents that come with the runtime
            play scripts until there is one.
          </FirstModel>
        </section>
      )}
      <UnservedList of={lacking} />
      <ul aria-label="Model services" className="flex flex-col gap-4">
        {services.map((service) => (
          <li key={service.id}>
            <ServiceCard service={service} now={now} />
          </li>
        ))}
      </ul>
      <OtherServices of={others} />
      <WhereSet hasTiers={told.routing?.user_tiers.some(({ tiers }) => tiers.length > 0) ?? false} />
    </>
  )
}

function ProbeButton() {
  const probe = useMutation({
    mutationFn: probeNow,
    onError: (error) => toast.error('The services could not be asked', error),
  })
  return (
    <Button disabled={probe.isPending} onClick={() => probe.mutate()}>
      <RefreshCw aria-hidden="true" className={cn(probe.isPending && 'motion-safe:animate-spin')} />
      {probe.isPending ? 'Asking…' : 'Probe now'}
    </Button>
  )
}
