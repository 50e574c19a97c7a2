// Runs before the first paint: the page's Content-Security-Policy allows no inline script.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('loomboard.theme') || 'system'
  } catch {
    // Storage can be refused (private windows): the system's theme it is.
  }
  const light = choice === 'light' || (choice !== 'dark' && matchMedia('(prefers-color-scheme: light)').matches)
  document.documentElement.dataset.theme = light ? 'light' : 'dark'
  document.querySelector('meta[name="theme-color"]').content = light ? '#fafbfa' : '#0d100f'
})()
