import { plural } from '../../../lib/format.ts'
import type { Preview } from './use-import.ts'

/** What would be made, and what would not. */
export function ImportPreview({ preview }: { preview: Preview }) {
  const { title, columns, cards, comments, edges, fields, left_out, without_column } = preview
  const besides = [
    ...(comments > 0 ? [plural(comments, 'comment')] : []),
    ...(edges > 0 ? [plural(edges, 'link')] : []),
  ]
  return (
    <section aria-label="What will be made" className="flex min-w-0 flex-col gap-3 text-sm">
      <p>
        <strong className="font-medium">{title}</strong>: {plural(cards, 'card')} in {plural(columns.length, 'column')}
        {besides.map((part) => `, ${part}`)}.
      </p>
      <ul aria-label="Columns" className="flex flex-wrap gap-1.5">
        {columns.map((column) => (
          <li key={column.status} className="max-w-full truncate rounded-md bg-hover px-2 py-0.5 text-xs">
            {column.title} <span className="text-muted tabular-nums">{column.cards}</span>
          </li>
        ))}
        {without_column > 0 && (
          <li className="rounded-md bg-hover px-2 py-0.5 text-xs">
            No status <span className="text-muted tabular-nums">{without_column}</span>
          </li>
        )}
      </ul>
      {fields.length > 0 && (
        <p className="text-muted text-xs">Fields: {fields.map(({ name, kind }) => `${name} (${kind})`).join(', ')}</p>
      )}
      {left_out.length > 0 ? (
        <div className="rounded-md bg-warn-soft px-3 py-2 text-warn text-xs">
          <h3 className="font-medium">Left out</h3>
          <ul className="mt-1 flex flex-col gap-1">
            {left_out.map(({ what, why, count }) => (
              <li key={what}>
                {count === undefined ? what : `${count} × ${what}`}: {why}.
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p className="text-muted text-xs">Nothing is left out.</p>
      )}
    </section>
  )
}
