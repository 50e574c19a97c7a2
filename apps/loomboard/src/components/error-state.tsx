import { TriangleAlert } from 'lucide-react'
import { describeError } from '../lib/describe-error.ts'
import { Button } from './ui/button.tsx'

/** What happened, what to do about it, and a way to try again. */
export function ErrorState(props: { title: string; error: unknown; onRetry?: () => void }) {
  const { reason, hint } = describeError(props.error)
  return (
    <div role="alert" className="flex flex-col items-center gap-2 px-4 py-10 text-center">
      <TriangleAlert className="size-6 text-danger" aria-hidden="true" />
      <p className="font-medium text-base">{props.title}</p>
      <p className="max-w-md break-words text-muted text-sm">{reason}</p>
      {hint && <p className="max-w-md text-muted text-sm">{hint}</p>}
      {props.onRetry && (
        <Button className="mt-2" onClick={props.onRetry}>
          Try again
        </Button>
      )}
    </div>
  )
}
