/** Which agents are shown. */
export const shelves = ['all', 'configured', 'made', 'lacking'] as const
export type Shelf = (typeof shelves)[number]
