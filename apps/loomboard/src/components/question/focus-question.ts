/** Goes to the first open question on the page; false where there is none. */
export function focusQuestion(): boolean {
  const control = document.querySelector<HTMLElement>('[data-question="pending"] [data-answers] :is(button, textarea)')
  control?.focus()
  return control !== null
}
