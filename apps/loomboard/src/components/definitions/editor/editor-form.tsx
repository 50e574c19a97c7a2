import { type ReactNode, useId, useMemo, useRef, useState } from 'react'
import { stored } from '../../../lib/browser/stored.ts'
import { useMedia } from '../../../lib/browser/use-media.ts'
import { cn } from '../../../lib/cn.ts'
import { PageHeader } from '../../shell/page-header.tsx'
import { SourceField } from '../../source/source-field.tsx'
import { Button } from '../../ui/button.tsx'
import { Input } from '../../ui/input.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { readText, withValue } from '../definition-text.ts'
import type { Entry } from '../queries.ts'
import type { Draft } from './draft.ts'
import type { DefinitionSpec } from './field.ts'
import { type FieldProblem, isAbout } from './field-problem.ts'
import { FieldsPane } from './fields/fields-pane.tsx'
import { KeptNotice } from './kept-notice.tsx'
import { PictureAbove, PictureBeside } from './picture.tsx'
import { Hindering, Refused } from './problems.tsx'
import { ReviewDialog } from './review-dialog.tsx'
import type { Base } from './use-base.ts'
import { useDraft } from './use-draft.ts'

export interface EditorFormProps {
  spec: DefinitionSpec
  title: string
  draftKey: string
  isNew: boolean
  base: Base
  entries: readonly Entry[]
  /** What it is begun with, where there is a choice. */
  choice?: ReactNode
  /** What stands there while nobody has written anything. */
  begun: Draft
  onLeave: (name?: string) => void
}

const ways = ['fields', 'text', 'both'] as const
type Way = (typeof ways)[number]
const none = (): readonly FieldProblem[] => []
const wayKey = 'loomboard.definition-editor'

export function EditorForm(props: EditorFormProps) {
  const { spec, title, draftKey, isNew, base, entries, choice, begun, onLeave } = props
  const drafts = useDraft(draftKey, begun)
  const { draft } = drafts
  const isWide = useMedia('(min-width: 1100px)')
  const [chosen, setChosen] = useState(() => stored.read(wayKey) as Way | null)
  const way = chosen === 'both' && !isWide ? 'fields' : (chosen ?? (isWide ? 'both' : 'fields'))
  const [problem, setProblem] = useState<FieldProblem>()
  const [isReviewed, setReviewed] = useState(false)
  const page = useRef<HTMLElement>(null)
  const read = useMemo(() => readText(draft.text), [draft.text])
  // Of a family that has none, none is called.
  const useProblems = spec.own?.useProblems ?? none
  const found = useProblems(read.definition)
  const problems = problem ? [problem, ...found] : found
  const hindering = found.filter(({ isWarning }) => !isWarning)
  const wayWords: Record<Way, string> = { fields: spec.own?.words ?? 'Fields', text: 'YAML', both: 'Side by side' }
  const own = spec.own &&
    read.definition && {
      ...spec.own,
      text: draft.text,
      definition: read.definition,
      problems,
      onText: (text: string) => change({ text }),
      onShow: (path: readonly string[]) => show({ path }),
    }
  const entry = entries.find(({ name }) => name === draft.name)
  const isTaken = isNew && entry !== undefined

  const change = (next: Partial<Draft>) => {
    drafts.change(next)
    setProblem(undefined)
  }
  const choose = (next: Way) => {
    stored.write(wayKey, next)
    setChosen(next)
  }
  function show({ path }: Pick<FieldProblem, 'path'>): void {
    if (way === 'text') choose('fields')
    requestAnimationFrame(() => showField(page.current, path))
  }
  function refused(by: FieldProblem): void {
    setProblem(by)
    setReviewed(false)
    show(by)
  }

  return (
    <>
      <PageHeader title={title}>
        <Button variant="ghost" onClick={() => onLeave(isNew ? undefined : begun.name)}>
          {drafts.isChanged ? 'Later' : 'Close'}
        </Button>
        <Button
          variant="primary"
          disabled={
            read.problem !== undefined ||
            hindering.length > 0 ||
            draft.name === '' ||
            isTaken ||
            !(drafts.isChanged || isNew)
          }
          onClick={() => setReviewed(true)}
        >
          Review and save
        </Button>
      </PageHeader>
      <main id="main" ref={page} className="min-h-0 flex-1 overflow-y-auto">
        <div className={cn('mx-auto w-full px-3 py-4 md:px-4', way === 'both' ? 'max-w-7xl' : 'max-w-3xl')}>
          <KeptNotice drafts={drafts} base={base} begun={begun} entry={entry} isNew={isNew} />
          {choice}
          {isNew && (
            <NameField
              value={draft.name}
              problem={
                isTaken
                  ? 'There is one of that name.'
                  : isAbout(problem, [':name'])
                    ? `It ${problem!.message}.`
                    : undefined
              }
              onChange={(name) => change({ name })}
            />
          )}
          <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
            <Segmented
              label="How to write it"
              value={way}
              options={ways
                .filter((one) => isWide || one !== 'both')
                .map((value) => ({ value, label: wayWords[value] }))}
              onChange={choose}
            />
            <span className="text-faint text-xs">What you write is kept here until you save it.</span>
          </div>
          {problem && <Refused problem={problem} />}
          <Hindering problems={hindering} onShow={show} />
          <div className={cn('grid gap-6', way === 'both' && 'grid-cols-2')}>
            {way !== 'both' && own && <PictureAbove of={own.Picture} {...own} />}
            {way !== 'text' && (
              <section aria-label="Fields" className="min-w-0">
                {read.problem ? (
                  <Unreadable line={read.problem.line} message={read.problem.message} onText={() => choose('text')} />
                ) : (
                  <>
                    <FieldsPane
                      spec={spec}
                      definition={read.definition}
                      problems={problems}
                      onChange={(path, value) => change({ text: withValue(draft.text, path, value) })}
                    />
                    {own && <own.Pane {...own} />}
                  </>
                )}
              </section>
            )}
            {way !== 'fields' && (
              <section
                aria-label="YAML"
                className={cn('min-w-0', way === 'both' && 'sticky top-0 self-start')}
                // The picture stays in sight while somebody writes far below.
                style={way === 'both' && own ? { maxHeight: 'calc(100dvh - 5rem)', overflowY: 'auto' } : undefined}
              >
                {way === 'both' && own && <PictureBeside of={own.Picture} {...own} />}
                <SourceField
                  label={`The ${spec.family} in YAML`}
                  language="yaml"
                  value={draft.text}
                  isInvalid={read.problem !== undefined}
                  hint="description: What it is for"
                  onChange={(text) => change({ text })}
                />
                <p role="status" className="mt-1 min-h-5 text-danger text-sm">
                  {read.problem &&
                    `${read.problem.line > 0 ? `Line ${read.problem.line}: ` : ''}${read.problem.message}`}
                </p>
              </section>
            )}
          </div>
        </div>
      </main>
      {isReviewed && read.definition && (
        <ReviewDialog
          spec={spec}
          base={base}
          draft={draft}
          definition={read.definition}
          onNote={(note) => drafts.change({ note })}
          onRefused={refused}
          onClose={() => setReviewed(false)}
          onSaved={() => {
            drafts.discard()
            onLeave(draft.name)
          }}
        />
      )}
    </>
  )
}

function Unreadable({ line, message, onText }: { line: number; message: string; onText: () => void }) {
  return (
    <div className="rounded-lg border border-warn-line bg-warn-soft px-4 py-3 text-sm">
      <p className="font-medium text-warn">The YAML cannot be read{line > 0 ? `, in line ${line}` : ''}.</p>
      <p className="mt-0.5 [overflow-wrap:anywhere]">{message} The fields come back when it can.</p>
      <Button size="sm" className="mt-2" onClick={onText}>
        Show the YAML
      </Button>
    </div>
  )
}

function NameField(props: { value: string; problem: string | undefined; onChange: (name: string) => void }) {
  const id = useId()
  return (
    <div className="mb-4 border-b pb-4">
      <label htmlFor={id} className="block font-medium text-sm">
        Name
      </label>
      <p id={`${id}-hint`} className="mb-1.5 text-muted text-xs">
        Letters, digits, _ and -, with / between parts, such as team/reviewer.
        {props.problem && <span className="mt-0.5 block text-danger text-sm">{props.problem}</span>}
      </p>
      <Input
        id={id}
        aria-describedby={`${id}-hint`}
        aria-invalid={props.problem !== undefined || undefined}
        autoCapitalize="none"
        spellCheck={false}
        maxLength={128}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value.trim())}
        className="max-w-96 font-mono text-sm"
      />
    </div>
  )
}

function showField(page: HTMLElement | null, path: readonly string[]): void {
  const rows = [...(page?.querySelectorAll<HTMLElement>('[data-field]') ?? [])]
  const fitting = rows
    .map((row) => ({ row, of: (row.dataset.field ?? '').split('.') }))
    .filter(({ of }) => isAbout({ path }, of))
  // The one that says it most exactly: a cell rather than its row.
  const row = fitting.sort((a, b) => b.of.length - a.of.length)[0]?.row
  row?.scrollIntoView({ block: 'center' })
  row?.querySelector<HTMLElement>('input, select, textarea, [contenteditable=true]')?.focus()
}
