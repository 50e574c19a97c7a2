import { useState } from 'react'
import { Badge } from '../../components/ui/badge.tsx'
import { Button } from '../../components/ui/button.tsx'
import { formatDuration, formatTime, plural } from '../../lib/format.ts'
import type { Service } from './model/services.ts'
import { healthTones, healthWords, originInWords, whatToDo } from './model/words.ts'
import { ModelRow } from './model-row.tsx'

/** What is shown of a service that has many. */
const few = 8

export function ServiceCard({ service, now }: { service: Service; now: number }) {
  const { id, health, isDefault, checkedAt, error, models } = service
  const [all, setAll] = useState(false)
  const origin = originInWords(service)
  const toDo = whatToDo(service)
  const pressing = models.filter(({ uses, isUsual, trouble, about }) => uses[0] || isUsual || trouble || about?.loaded)
  const shown = all ? models : models.slice(0, Math.max(few, pressing.length))
  const hidden = models.length - shown.length
  return (
    <section aria-label={id} className="rounded-lg border bg-surface">
      <div className="flex flex-col gap-1 px-4 py-3">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <h2 className="font-display font-semibold text-base">{id}</h2>
          <Badge tone={healthTones[health]}>{healthWords[health]}</Badge>
          {isDefault && health !== 'script' && <Badge>Default</Badge>}
          {checkedAt !== undefined && health !== 'script' && (
            <span className="ml-auto text-faint text-xs tabular-nums">Asked {agoInWords(now - checkedAt)}</span>
          )}
        </div>
        {health === 'script' && <p className="text-muted text-sm">Comes with the runtime. It works without a model.</p>}
        {origin && <p className="text-muted text-sm [overflow-wrap:anywhere]">{origin}</p>}
        {error && (
          <p role="status" className="text-danger text-sm [overflow-wrap:anywhere]">
            {error}
          </p>
        )}
        {toDo && <p className="text-muted text-sm">{toDo}</p>}
        <LastFailure service={service} />
      </div>
      {shown.length > 0 && health !== 'script' && (
        <ul aria-label={`Models of ${id}`} className="divide-y border-t">
          {shown.map((model) => (
            <ModelRow key={model.id} model={model} now={now} />
          ))}
        </ul>
      )}
      {health !== 'script' && (hidden > 0 || all) && models.length > few && (
        <div className="border-t px-2 py-1">
          <Button variant="ghost" size="sm" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'Show fewer' : `Show ${plural(hidden, 'more model', 'more models')}`}
          </Button>
        </div>
      )}
    </section>
  )
}

/** That something went wrong is worth knowing when all is well again; as long as it holds, it is said above. */
function LastFailure({ service: { lastFailure, error } }: { service: Service }) {
  if (!lastFailure || lastFailure.error === error) return null
  return (
    <p className="text-faint text-xs [overflow-wrap:anywhere]">
      Last trouble, {formatTime(Date.parse(lastFailure.at))}
      {lastFailure.model ? ` with ${lastFailure.model}` : ''}: {lastFailure.error}
    </p>
  )
}

function agoInWords(ms: number): string {
  return ms < 1_500 ? 'just now' : `${formatDuration(ms)} ago`
}
