import { Button } from '../../components/ui/button.tsx'
import { describeError } from '../../lib/describe-error.ts'

/** A part of the inbox that is missing, and why. */
export function NotRead({ what, error, onRetry }: { what: string; error: unknown; onRetry: () => void }) {
  return (
    <p role="alert" className="flex items-center gap-2 px-1 text-muted text-sm">
      <span className="min-w-0 flex-1">
        {what} could not be read. {describeError(error).reason}
      </span>
      <Button size="sm" onClick={onRetry}>
        Try again
      </Button>
    </p>
  )
}
