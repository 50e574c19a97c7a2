import { useState } from 'react'
import { AskName } from '../ask-name.tsx'

/** Asks for the name of a view; what was typed stays until it is saved. */
export function NameView(props: {
  title: string
  description: string
  initial: string
  onName: (title: string) => Promise<void>
  onClose: () => void
}) {
  const { initial, ...asked } = props
  const [typed, setTyped] = useState(initial)
  return (
    <AskName
      {...asked}
      label="Name"
      longest={100}
      typed={typed}
      onType={setTyped}
      verbs={{ does: 'Save', doing: 'Saving…', done: 'saved' }}
    />
  )
}
