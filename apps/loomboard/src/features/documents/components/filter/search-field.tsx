import { useEffect, useRef, useState } from 'react'
import { SearchInput } from '../../../../components/search-input.tsx'
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
    <SearchInput
      ref={field}
      label="Search in this document"
      value={typed}
      onChange={setTyped}
      className="max-md:flex-1 md:w-56"
      inputClassName="h-8 border border-line-strong bg-bg -outline-offset-1"
    />
  )
}
