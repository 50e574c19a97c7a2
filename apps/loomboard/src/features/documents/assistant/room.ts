/** Open cards and the assistant stand beside the page. */
export const hasPlaceBeside = '(min-width: 1024px)'
/** Both of them at once, and there is still a page between. */
export const hasPlaceForBoth = '(min-width: 1536px)'

/** There is one place for both, and whatever was opened last has it. */
export function sharesPlace(): boolean {
  return matchMedia(hasPlaceBeside).matches && !matchMedia(hasPlaceForBoth).matches
}
