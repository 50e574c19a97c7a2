/** The pictures that somebody brings; none where they come beside words, as office programs send one of what was copied. */
export function imagesIn(data: DataTransfer | null): File[] {
  const words = data?.getData('text/plain') ?? ''
  return words.trim() === '' ? [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/')) : []
}
