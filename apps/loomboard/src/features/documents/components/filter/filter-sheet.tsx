import { ListFilter, X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { IconButton } from '../../../../components/ui/icon-button.tsx'
import { Select } from '../../../../components/ui/select.tsx'
import { Sheet } from '../../../../components/ui/sheet.tsx'
import type { Condition } from '../../model/filter/conditions.ts'
import { ConditionEditor } from './condition-editor.tsx'
import { type ConditionsProps, wordsOf } from './conditions-props.ts'

/** The conditions and how the view is to be seen, one below the other, over the page. */
export function FilterSheet({ children, ...props }: ConditionsProps & { children: ReactNode }) {
  const { conditions, properties, onAdd, onRemove } = props
  const [open, setOpen] = useState(false)
  const words = (condition: Condition) => wordsOf(props, condition)
  const count = conditions.length
  return (
    <>
      <Button size="sm" variant="ghost" onClick={() => setOpen(true)}>
        <ListFilter aria-hidden="true" />
        Filter{' '}
        {count > 0 && (
          <span className="text-accent-text">
            {count}
            <span className="sr-only">{count === 1 ? ' condition' : ' conditions'}</span>
          </span>
        )}
      </Button>
      <Sheet open={open} onOpenChange={setOpen} title="Filter" side="right">
        <header className="flex h-12 shrink-0 items-center justify-between border-b pr-2 pl-4">
          <span className="font-display font-medium">Filter</span>
          <Button size="sm" variant="primary" onClick={() => setOpen(false)}>
            Done
          </Button>
        </header>
        <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4">
          {conditions.map((condition) => (
            <section key={condition.key} aria-label={words(condition)} className="flex flex-col gap-1.5">
              <div className="flex items-center gap-2">
                <h2 className="min-w-0 flex-1 truncate font-medium text-sm">{words(condition)}</h2>
                <IconButton
                  label={`Remove the filter ${words(condition)}`}
                  size="sm"
                  onClick={() => onRemove(condition)}
                >
                  <X />
                </IconButton>
              </div>
              <ConditionEditor {...props} condition={condition} />
            </section>
          ))}
          <Select
            aria-label="Add a condition"
            value=""
            onChange={({ target }) => {
              const property = properties.all.find(({ subject }) => subject === target.value)
              if (property) onAdd(property)
            }}
          >
            <option value="">Add a condition…</option>
            {properties.all.map(({ subject, name }) => (
              <option key={subject} value={subject}>
                {name}
              </option>
            ))}
          </Select>
          {children}
        </div>
      </Sheet>
    </>
  )
}
