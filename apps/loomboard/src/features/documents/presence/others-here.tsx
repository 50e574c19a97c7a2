import { Face } from '../../../components/face.tsx'
import { useOthersAt } from './presence.ts'

const most = 3

/** Who else looks at the open card. */
export function OthersHere({ cardId, self }: { cardId: string; self: string | undefined }) {
  const others = useOthersAt(cardId)
  if (others.length === 0) return null
  const rest = others.slice(most)
  return (
    <ul aria-label="Also here" className="flex shrink-0 items-center pr-1">
      {others.slice(0, most).map((name) => {
        const words = name === self ? 'You have this open in another window' : `${name} has this open, too`
        return (
          <li key={name} className="-ml-1">
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: who it is shows where the keyboard comes by */}
            <span role="img" tabIndex={0} aria-label={words} data-tip={words} className="block rounded-full">
              <Face name={name} isAgent={false} className="size-5 ring-2 ring-surface" />
            </span>
          </li>
        )
      })}
      {rest.length > 0 && (
        <li title={rest.join(', ')} className="pl-1 text-faint text-xs tabular-nums">
          +{rest.length}
          <span className="sr-only"> more: {rest.join(', ')}</span>
        </li>
      )}
    </ul>
  )
}
