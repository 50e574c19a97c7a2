import { type ReactNode, useId } from 'react'
import { Input } from '../../../components/ui/input.tsx'
import { Select } from '../../../components/ui/select.tsx'
import { type Kind, kinds, labelOf } from './kinds.ts'
import type { Choices, Preview } from './use-import.ts'

export interface ImportChoicesProps {
  choices: Choices
  /** What the file turned out to be. */
  kind: Kind
  preview: Preview | undefined
  onChoose: (changed: Partial<Choices>) => void
}

/** What a person can say about a file besides what it says itself. */
export function ImportChoices({ choices, kind, preview, onChoose }: ImportChoicesProps) {
  const { table, boards, left_out = [] } = preview ?? {}
  const found = kind === 'any' ? preview?.format : kind
  const hasArchived = choices.archived || left_out.some(({ what }) => what.startsWith('archived'))
  return (
    <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
      <Labelled label="Read as">
        {(id) => (
          <Select
            id={id}
            value={choices.kind}
            onChange={(event) => onChoose({ kind: event.target.value as Kind, board: undefined })}
          >
            {kinds.map(({ kind, label }) => (
              <option key={kind} value={kind}>
                {kind === 'any' && found ? `${label}: ${labelOf(found)}` : label}
              </option>
            ))}
          </Select>
        )}
      </Labelled>
      <Labelled label="Path (optional)">
        {(id) => (
          <Input
            id={id}
            placeholder="/docs/my-board"
            value={choices.path}
            onChange={(event) => onChoose({ path: event.target.value.trim() })}
          />
        )}
      </Labelled>
      {boards && (
        <Labelled label="Board">
          {(id) => (
            <Select
              id={id}
              value={choices.board ?? preview?.title}
              onChange={(event) => onChoose({ board: event.target.value })}
            >
              {[...new Set(boards)].map((title) => (
                <option key={title}>{title}</option>
              ))}
            </Select>
          )}
        </Labelled>
      )}
      {table && found === 'csv' && (
        <>
          <Labelled label="Titles are in">
            {(id) => (
              <Select id={id} value={table.title} onChange={(event) => onChoose({ title_column: event.target.value })}>
                {table.header.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Labelled>
          <Labelled label="Columns are made of">
            {(id) => (
              <Select
                id={id}
                value={table.status ?? ''}
                onChange={(event) => onChoose({ status_column: event.target.value || undefined })}
              >
                {table.status === undefined && <option value="">Nothing: all cards in one</option>}
                {table.header.map((name) => (
                  <option key={name}>{name}</option>
                ))}
              </Select>
            )}
          </Labelled>
        </>
      )}
      {hasArchived && (
        <label className="flex items-center gap-2 text-sm sm:col-span-2">
          <input
            type="checkbox"
            checked={choices.archived}
            onChange={(event) => onChoose({ archived: event.target.checked })}
          />
          Also what was archived
        </label>
      )}
    </div>
  )
}

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={id} className="text-muted text-xs">
        {label}
      </label>
      {children(id)}
    </div>
  )
}
