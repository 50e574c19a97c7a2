/** Whether a key belongs to a word that an input method is still composing: Safari says so by its code alone. */
export function isComposing(event: { isComposing: boolean; keyCode: number }): boolean {
  return event.isComposing || event.keyCode === ofInputMethod
}
const ofInputMethod = 229
