import { type ReactNode, useEffect } from 'react'
import { setPageTitle } from '../../../lib/browser/page-title.ts'
import { ErrorState } from '../../error-state.tsx'
import { LinesLoading } from '../../lines-loading.tsx'
import { PageBody } from '../../shell/page-body.tsx'
import { PageHeader } from '../../shell/page-header.tsx'
import { type Definition, toText } from '../definition-text.ts'
import type { Entry } from '../queries.ts'
import { EditorForm } from './editor-form.tsx'
import type { DefinitionSpec } from './field.ts'
import { type Base, useBase } from './use-base.ts'

export interface DefinitionEditorProps {
  spec: DefinitionSpec
  /** None for a new one. */
  name?: string
  /** The version that is written on; `configured` for what is configured. */
  version: string | undefined
  /** What a new one that is made of none begins with; undefined while that is not known. */
  start?: Start | undefined
  /** Back to it, or to a new one that was saved. */
  onLeave: (name?: string) => void
}

export interface Start {
  /** Each has a draft of its own. */
  key: string
  definition: Definition | undefined
  /** Where another one is chosen. */
  choice: ReactNode
}

/** Where an agent, a skill or a team is written: as fields, and as a text that says all of it. */
export function DefinitionEditor({ spec, name, version, start, onLeave }: DefinitionEditorProps) {
  const { base, entries, error, retry } = useBase(spec.family, name, version)
  const title = name ? `Edit ${name}` : `New ${spec.family}`
  useEffect(() => setPageTitle(title), [title])
  const begins = base?.name ? undefined : start
  if (base && entries && !(begins && !begins.definition)) {
    return (
      <Begun
        key={base.def_id ?? begins?.key}
        spec={spec}
        title={title}
        name={name}
        base={base}
        start={begins}
        entries={entries}
        onLeave={onLeave}
      />
    )
  }
  return (
    <>
      <PageHeader title={title} />
      <PageBody>
        {error ? (
          <ErrorState title={`This ${spec.family} could not be read`} error={error} onRetry={retry} />
        ) : (
          <LinesLoading label={`Loading the ${spec.family}`} />
        )}
      </PageBody>
    </>
  )
}

interface BegunProps extends Pick<DefinitionEditorProps, 'spec' | 'name' | 'start' | 'onLeave'> {
  title: string
  base: Base
  entries: readonly Entry[]
}

function Begun({ name, base, start, ...rest }: BegunProps) {
  const of = base.def_id ?? (base.name ? 'configured' : (start?.key ?? ''))
  return (
    <EditorForm
      {...rest}
      // What is being written belongs to the name, whichever version it was begun on.
      draftKey={`loomboard.${rest.spec.family}.${name ?? `new.${of}`}`}
      isNew={name === undefined}
      base={base}
      choice={start?.choice}
      begun={{ name: name ?? '', text: toText(start?.definition ?? base.definition), note: '', base: of }}
    />
  )
}
