import { createStore, useStore } from './store.ts'
import { stored } from './stored.ts'

export type ThemeChoice = 'light' | 'dark' | 'system'
export const themeChoices: ThemeChoice[] = ['system', 'light', 'dark']

const key = 'loomboard.theme'
const background = { light: '#fafbfa', dark: '#0d100f' }
const choice = createStore<ThemeChoice>(parseChoice(stored.read(key)))
const prefersLight = globalThis.matchMedia?.('(prefers-color-scheme: light)')

function parseChoice(value: string | null): ThemeChoice {
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function resolvedTheme(): 'light' | 'dark' {
  const chosen = choice.get()
  if (chosen !== 'system') return chosen
  return prefersLight?.matches ? 'light' : 'dark'
}

/** The same rule as public/theme.js, which runs before this module exists. */
function apply(): void {
  const theme = resolvedTheme()
  document.documentElement.dataset.theme = theme
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background[theme])
}

export function setTheme(next: ThemeChoice): void {
  stored.write(key, next)
  choice.set(next)
  apply()
}

export function toggleTheme(): void {
  setTheme(resolvedTheme() === 'dark' ? 'light' : 'dark')
}

export function useTheme(): ThemeChoice {
  return useStore(choice)
}

/** Follows the system's setting and the choice made in another tab. */
export function watchTheme(): void {
  prefersLight?.addEventListener('change', apply)
  globalThis.addEventListener('storage', (event) => {
    if (event.key !== key) return
    choice.set(parseChoice(event.newValue))
    apply()
  })
}
