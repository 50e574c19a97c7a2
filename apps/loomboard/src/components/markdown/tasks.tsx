import { createContext, useContext } from 'react'

/** Ticks a checkbox of a text, where it may be changed. */
const Toggle = createContext<((task: Element) => void) | undefined>(undefined)

export const TaskToggle = Toggle.Provider

/** A checkbox in a text: a picture of one, or one that can be ticked. */
export function Task({ checked = false }: { checked?: boolean | undefined }) {
  const toggle = useContext(Toggle)
  if (!toggle) {
    return (
      <span
        role="img"
        aria-label={checked ? 'Done' : 'To do'}
        className="md-task"
        data-checked={checked || undefined}
      />
    )
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: it is drawn like the others
    <button
      // It is called what its item says.
      ref={(button) => button?.setAttribute('aria-label', nameOf(button))}
      type="button"
      role="checkbox"
      aria-checked={checked}
      className="md-task"
      data-checked={checked || undefined}
      onClick={(event) => toggle(event.currentTarget)}
    />
  )
}

const longest = 120

function nameOf(button: Element): string {
  return button.closest('li')?.textContent?.trim().slice(0, longest) || 'To do'
}
