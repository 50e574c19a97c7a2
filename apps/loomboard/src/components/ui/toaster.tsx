import { Toaster as Sonner } from 'sonner'
import { resolvedTheme, useTheme } from '../../lib/browser/theme.ts'

export function Toaster() {
  useTheme()
  return (
    <Sonner
      theme={resolvedTheme()}
      position="top-right"
      offset={{ top: 56, right: 16 }}
      mobileOffset={{ top: 56 }}
      toastOptions={{
        style: {
          background: 'var(--raised)',
          color: 'var(--text)',
          borderColor: 'var(--line)',
          fontFamily: 'var(--font-sans)',
        },
        actionButtonStyle: { background: 'var(--accent)', color: 'var(--on-accent)' },
        classNames: { description: 'text-muted!' },
      }}
    />
  )
}
