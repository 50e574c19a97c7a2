import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

const linkStyle = 'text-accent-text underline underline-offset-2'

/** Each thing is set in one place; here is which. */
export function WhereSet({ hasTiers }: { hasTiers: boolean }) {
  return (
    <section aria-label="Where this is set">
      <h2 className="mb-2 font-display font-semibold text-base">Where this is set</h2>
      <dl className="divide-y rounded-lg border bg-surface">
        <Place of="Keys and addresses">
          Environment variables, whose names are above. The runtime reads them when it starts.
        </Place>
        <Place of="Services of your own">
          <Key>providers</Key> in a configuration file
        </Place>
        <Place of="The usual service and model">
          <Key>defaults</Key> in a configuration file
        </Place>
        <Place of="Names of models, and their context">
          <Key>models</Key> in a configuration file
        </Place>
        <Place of="Tiers">
          <Key>tiers</Key> and <Key>user_tiers</Key> in a configuration file{hasTiers ? '' : '; none are set'}
        </Place>
        <Place of="Prices">
          <Key>pricing</Key> in a configuration file; what they come to is under{' '}
          <Link to="/usage" search={{}} className={linkStyle}>
            Usage
          </Link>
        </Place>
        <Place of="The agent of new chats">
          <Link to="/settings" className={linkStyle}>
            Settings
          </Link>
        </Place>
        <Place of="The model of an agent">
          <Link to="/agents" search={{}} className={linkStyle}>
            Its page
          </Link>
        </Place>
      </dl>
    </section>
  )
}

function Place({ of, children }: { of: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-0.5 px-4 py-2 text-sm">
      <dt>{of}</dt>
      <dd className="text-muted">{children}</dd>
    </div>
  )
}

function Key({ children }: { children: string }) {
  return <code className="rounded bg-hover px-1 font-mono text-text text-xs">{children}</code>
}
