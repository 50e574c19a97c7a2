import { Button } from '../../../components/ui/button.tsx'
import { inWords } from '../../../lib/json-text.ts'
import { focusChunk } from '../components/focus.ts'
import { actorName } from '../model/changes.ts'
import type { EditChunk } from '../use-edit-chunk.ts'
import { type ChunkEdit, type Problem, unsaved } from '../writing/chunk-edit.ts'
import { type Key, keyName, keysOf, type Patch, partOf, pick } from '../writing/patch.ts'

/** Why something is not saved, and what can be done about it; nothing of it is lost before somebody says so. */
export function SaveProblem({ edit, self }: { edit: EditChunk; self: string | undefined }) {
  const { problem } = edit.edit ?? {}
  if (!edit.edit || !problem) return null
  return (
    <>
      {!edit.isKept && <NotKept />}
      <Problematic edit={edit} before={edit.edit} problem={problem} self={self} />
    </>
  )
}

function NotKept() {
  return (
    <p role="alert" className="mb-3 rounded-md border border-warn-line bg-warn-soft px-3 py-2 text-sm">
      <span className="font-medium text-warn">This browser has no room to keep it.</span> What is not saved is in this
      page alone: leave it open until it is.
    </p>
  )
}

interface ProblematicProps {
  edit: EditChunk
  before: ChunkEdit
  problem: Problem
  self: string | undefined
}

function Problematic({ edit, before, problem, self }: ProblematicProps) {
  if (problem.kind === 'conflict') return <Conflict edit={edit} problem={problem} self={self} />
  if (problem.kind === 'gone') return null
  const isRefused = problem.kind === 'refused'
  return (
    <div role="alert" className="mb-3 rounded-md border border-warn-line bg-warn-soft px-3 py-2 text-sm">
      <p>
        <span className="font-medium text-warn">{isRefused ? 'This was not saved.' : 'This waits to be saved.'}</span>{' '}
        {problem.reason} {!isRefused && `It is tried again by itself${edit.isKept ? ', also after a reload' : ''}.`}
      </p>
      <Wanted patch={isRefused ? pick(unsaved(before), problem.keys) : unsaved(before)} />
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={edit.tryAgain}>
          Try again
        </Button>
        {problem.kind === 'refused' && (
          <Button size="sm" variant="ghost" onClick={() => edit.discard(problem.keys)}>
            Discard my change
          </Button>
        )}
      </div>
    </div>
  )
}

/** What is short is said; a text stands in its field. */
function Wanted({ patch }: { patch: Patch }) {
  const short = keysOf(patch).filter((key) => key !== 'body')
  return short.map((key) => (
    <p key={key} className="text-muted [overflow-wrap:anywhere]">
      {keyName(key)}: {say(patch[key])}
    </p>
  ))
}

function Conflict(props: {
  edit: EditChunk
  problem: Extract<Problem, { kind: 'conflict' }>
  self: string | undefined
}) {
  const { edit, problem } = props
  const { theirs } = problem
  // A text is put together where it is written.
  const keys = problem.keys.filter((key) => key !== 'body')
  if (keys.length === 0) return null
  const who = theirs.updated_by ? actorName(theirs.updated_by, props.self) : 'Somebody else'
  // In another tab, or on another device: nobody else is there to be spoken of.
  const isOwn = who === 'you'
  function decide(how: () => void): void {
    how()
    focusChunk()
  }
  return (
    <section
      aria-label="Two versions"
      className="mb-3 rounded-md border border-warn-line bg-warn-soft px-3 py-2 text-sm"
    >
      <p role="alert">
        <span className="font-medium text-warn">
          {isOwn ? 'You have' : `${who} has`} changed the {keys.map(keyName).join(' and the ')} meanwhile
          {isOwn && ', elsewhere'}.
        </span>{' '}
        {isOwn ? 'What you have written here' : 'Yours'} is not saved yet, and not lost.
      </p>
      {keys.map((key) => (
        <dl key={key} className="mt-2 grid grid-cols-[max-content_1fr] gap-x-3">
          <dt className="text-muted">{isOwn ? 'Saved elsewhere' : `Their ${keyName(key)}`}</dt>
          <dd className="[overflow-wrap:anywhere]">{say(partOf(theirs, key))}</dd>
          <dt className="text-muted">{isOwn ? 'Written here' : 'Yours'}</dt>
          <dd className="[overflow-wrap:anywhere]">{say(edit.mine(key as Key))}</dd>
        </dl>
      ))}
      <div className="mt-2 flex flex-wrap gap-2">
        <Button size="sm" onClick={() => decide(() => edit.keepMine(keys))}>
          {isOwn ? 'Keep what is here' : 'Keep mine'}
        </Button>
        <Button size="sm" onClick={() => decide(() => edit.takeTheirs(keys))}>
          {isOwn ? 'Take what is saved' : 'Take theirs'}
        </Button>
      </div>
    </section>
  )
}

function say(value: unknown): string {
  return (value === null ? '' : inWords(value)) || 'nothing'
}
