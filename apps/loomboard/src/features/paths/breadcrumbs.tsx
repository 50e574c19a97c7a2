import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { DocumentLink } from '../../components/documents/document-link.tsx'
import { crumbsOf } from './path-tree.ts'

const linkStyle = 'rounded-sm py-0.5 hover:text-text hover:underline underline-offset-2 coarse:py-2'

/** The way to a path, back to every folder on it. */
export function Breadcrumbs({ path }: { path: string }) {
  const crumbs = crumbsOf(path)
  return (
    <nav aria-label="Path" className="min-w-0 max-w-[70%] shrink-0">
      <ol className="flex flex-wrap items-center gap-1 text-muted text-xs">
        {crumbs.map((crumb, i) => (
          <li key={crumb.path} className="flex items-center gap-1">
            {i > 0 && <ChevronRight aria-hidden="true" className="size-3 text-faint" />}
            {i === crumbs.length - 1 ? (
              <span aria-current="page" className="text-text">
                {crumb.name}
              </span>
            ) : i === 0 ? (
              <Link to="/docs" className={linkStyle}>
                {crumb.name}
              </Link>
            ) : (
              <DocumentLink to={{ path: crumb.path }} className={linkStyle}>
                {crumb.name}
              </DocumentLink>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}
