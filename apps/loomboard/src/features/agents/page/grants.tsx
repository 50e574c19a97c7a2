import { useFirst } from '../../../components/first-of.tsx'
import { Badge } from '../../../components/ui/badge.tsx'
import { type Grant, grantsOf } from '../model/grants.ts'

/** What an agent may do, in words. */
export function Grants({ definition }: { definition: Readonly<Record<string, unknown>> }) {
  const grants = grantsOf(definition)
  return (
    <dl className="grid gap-x-4 gap-y-2.5 text-sm sm:grid-cols-[8rem_1fr]">
      {grants.map((grant, i) => (
        <div key={i} className="contents">
          <dt className="text-faint max-sm:-mb-2">{grants[i - 1]?.about === grant.about ? '' : grant.about}</dt>
          <dd className="min-w-0">
            {grant.words}
            {grant.names && <Names names={grant.names} />}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const mostNames = 60

function Names({ names }: Required<Pick<Grant, 'names'>>) {
  const { first, more } = useFirst(names, mostNames)
  return (
    <span className="mt-1 flex flex-wrap gap-1.5">
      {first.map((name) => (
        <Badge key={name} className="max-w-full truncate font-mono">
          {name}
        </Badge>
      ))}
      {more}
    </span>
  )
}
