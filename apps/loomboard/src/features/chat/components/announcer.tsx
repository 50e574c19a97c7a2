import { useEffect, useState } from 'react'
import { announce, nothingNew } from '../model/rows/announcement.ts'
import type { RunView } from '../model/types.ts'

/** Says aloud what a person who does not look would want to know: that an answer is there, not each of its words. */
export function Announcer({ view }: { view: RunView }) {
  const [said, setSaid] = useState(() => nothingNew(view))
  useEffect(() => setSaid((before) => announce(before, view)), [view])
  return (
    <div aria-live="polite" className="sr-only">
      {said.words}
    </div>
  )
}
