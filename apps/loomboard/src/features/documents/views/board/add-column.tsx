import { Plus } from 'lucide-react'
import { useState } from 'react'
import { Button } from '../../../../components/ui/button.tsx'
import { Input } from '../../../../components/ui/input.tsx'
import { isComposing } from '../../../../lib/composing.ts'
import { withColumn } from './column-settings.ts'
import { useDesk } from './desk.ts'
import { saveColumns } from './save-columns.ts'

/** One more column, behind all others. */
export function AddColumn() {
  const desk = useDesk()
  const [name, setName] = useState<string>()

  async function add(text: string): Promise<void> {
    const title = text.trim()
    const status = title.toLowerCase().replace(/\s+/g, '_')
    if (status === '') return setName(undefined)
    const { columns } = desk.setup
    if (columns.some((column) => column.status === status)) return desk.say(`There is a column ${title} already.`)
    if (await saveColumns(desk, withColumn(columns, { status, title }))) setName(undefined)
  }
  if (name === undefined) {
    return (
      <Button
        variant="ghost"
        className="w-44 justify-start max-md:w-full max-md:snap-center"
        onClick={() => setName('')}
      >
        <Plus aria-hidden="true" />
        Add a column
      </Button>
    )
  }
  return (
    <Input
      aria-label="Title of the new column"
      placeholder="Title, then Enter"
      autoFocus
      maxLength={200}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onBlur={() => name.trim() === '' && setName(undefined)}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (isComposing(event.nativeEvent)) return
        if (event.key === 'Escape') setName(undefined)
        if (event.key === 'Enter') void add(name)
      }}
      className="w-56 shrink-0"
    />
  )
}
