import { Search, X } from 'lucide-react'
import type { ComponentProps } from 'react'
import { cn } from '../lib/cn.ts'
import { IconButton } from './ui/icon-button.tsx'

interface SearchInputProps extends Omit<ComponentProps<'input'>, 'value' | 'onChange'> {
  /** What is searched in. */
  label: string
  value: string
  onChange: (value: string) => void
  /** Of the input itself. */
  inputClassName?: string
}

/** Words to search for, and a way to be rid of them. */
export function SearchInput({ label, value, onChange, className, inputClassName, ...rest }: SearchInputProps) {
  return (
    <label className={cn('relative min-w-0', className)}>
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint"
      />
      <input
        {...rest}
        type="search"
        aria-label={label}
        placeholder={label}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className={cn(
          'w-full rounded-md pr-7 pl-7 text-sm coarse:h-10 [&::-webkit-search-cancel-button]:hidden',
          inputClassName,
        )}
      />
      {value !== '' && (
        <IconButton
          label="Clear the search"
          size="sm"
          className="absolute top-1/2 right-0.5 -translate-y-1/2"
          onClick={() => onChange('')}
        >
          <X />
        </IconButton>
      )}
    </label>
  )
}
