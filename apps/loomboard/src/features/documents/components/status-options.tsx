import { mostOptions } from '../../../components/first-of.tsx'
import type { StatusChoice } from '../teams/statuses.ts'

interface StatusOptionsProps {
  choices: readonly StatusChoice[]
  /** What is chosen is among them, also where it is in no list. */
  value: string
}

/** Statuses to choose from; those that are refused stand below, together with those of the same reason. */
export function StatusOptions({ choices, value }: StatusOptionsProps) {
  const first = choices.slice(0, mostOptions)
  const isShown = first.some(({ status }) => status === value)
  const shown = isShown ? first : [...first, { status: value, label: value, refused: undefined }]
  const open = shown.filter(({ refused }) => !refused)
  const refused = Map.groupBy(
    shown.filter((choice) => choice.refused),
    (choice) => choice.refused ?? '',
  )
  return (
    <>
      {open.map(({ status, label }) => (
        <option key={status} value={status}>
          {label}
        </option>
      ))}
      {[...refused].map(([reason, those]) => (
        <optgroup key={reason} label={reason} disabled>
          {those.map(({ status, label }) => (
            <option key={status} value={status}>
              {label}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  )
}
