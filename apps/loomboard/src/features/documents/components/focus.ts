/** What had the focus is gone: one goes on in the view, where one was in it. */
export function focusView(): void {
  requestAnimationFrame(() => view()?.focus())
}

/** The same where it may be there still. */
export function focusViewIfLost(): void {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body || document.activeElement?.matches(':disabled')) view()?.focus()
  })
}

/** On in the open chunk: in its text, where that is being written. */
export function focusChunk(): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector('section[aria-label="Chunk"]')
    const target =
      panel?.querySelector<HTMLElement>('textarea:not([data-talk]), .cm-content') ??
      panel?.querySelector<HTMLElement>('h2[tabindex]')
    target?.focus()
  })
}

/** What has the focus; of a menu, which is about to go, its button. */
export function focused(): Element | null {
  const menu = document.activeElement?.closest('[role="menu"]')
  return menu ? document.getElementById(menu.getAttribute('aria-labelledby') ?? '') : document.activeElement
}

/** Where the keyboard comes into the view that is shown. */
function view(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-view] [tabindex="0"]')
}
