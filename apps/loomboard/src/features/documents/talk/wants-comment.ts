let wanted: string | undefined

/** Whoever opens a card to say something about it begins in its field. */
export const wantsComment = {
  say(cardId: string): void {
    wanted = cardId
  },
  take(cardId: string): boolean {
    const isIt = wanted === cardId
    if (isIt) wanted = undefined
    return isIt
  },
}
