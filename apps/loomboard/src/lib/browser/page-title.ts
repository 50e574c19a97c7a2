let title = ''
let waiting = 0

/** The tab's name: the page, after how many things wait for somebody. */
export function setPageTitle(next: string): void {
  title = next
  draw()
}

export function setTitleBadge(count: number): void {
  waiting = count
  draw()
}

function draw(): void {
  document.title = `${waiting > 0 ? `(${waiting}) ` : ''}${title ? `${title} · ` : ''}loomboard`
}
