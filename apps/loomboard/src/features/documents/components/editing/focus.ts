/** What had the focus is gone: one goes on in the outline, on the line that stands in its place. */
export function focusOutline(): void {
  requestAnimationFrame(() => outline()?.focus())
}

/** The same where it may be there still. */
export function focusOutlineIfLost(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || document.activeElement?.matches(':disabled')) outline()?.focus()
  })
}

/** On in the open chunk: in its text, where that is being written. */
export function focusChunk(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector('section[aria-label="Chunk"]')
    const target = panel?.querySelector<HTMLElement>('textarea') ?? panel?.querySelector<HTMLElement>('h2[tabindex]')
    target?.focus()
  })
}

/** What has the focus; of a menu, which is about to go, its button. */
export function focused(): Element | null {
  const menu = document.activeElement?.closest('[role="menu"]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : document.activeElement
}

function outline(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[role="tree"][aria-label="Outline"]')
}
