import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { useShortcut } from '../../../../lib/shortcuts.ts'

const typingPause = 200

/** What is typed goes into the address when somebody stops typing. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const [typed, setTyped] = useState(value)
  const field = useRef<HTMLInputElement>(null)
  useShortcut('/', () => field.current?.focus())
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value) return
    const timer = setTimeout(() => onChange(typed.trim()), typingPause)
    return () => clearTimeout(timer)
  }, [typed, value, onChange])
  return (
    <label className="relative min-w-0 max-md:flex-1 md:w-56">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        ref={field}
        type="search"
        aria-label="Search in this document"
        placeholder="Search in this document"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="h-8 w-full rounded-md border border-line-strong bg-bg pr-7 pl-7 text-sm -outline-offset-1 coarse:h-10 [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <IconButton
          label="Clear the search"
          size="sm"
          className="absolute top-1/2 right-1 -translate-y-1/2"
          onClick={() => setTyped('')}
        >
          <X />
        </IconButton>
      )}
    </label>
  )
}
