/*
 * Serves the app's own files when the runtime does not answer; everything the runtime knows goes past it. The build
 * puts in the list of files and a name that changes with them.
 */
const shell = __SHELL__
const cacheName = '__NAME__'
const paths = new Set(shell)

addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(shell))
      .then(() => skipWaiting()),
  )
})

addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter((name) => name !== cacheName).map((name) => caches.delete(name))))
      .then(() => clients.claim()),
  )
})

addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin || /^\/(?:v1|ui|healthz)(?:\/|$)/.test(pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/') && paths.has(pathname)) event.respondWith(kept(pathname, request))
  else if (paths.has(pathname)) event.respondWith(fetch(request).catch(() => kept(pathname, request)))
})

/** The newest page there is. */
async function page(request) {
  try {
    return await fetch(request)
  } catch {
    return (await caches.match('/index.html', { cacheName })) ?? Response.error()
  }
}

/** Files whose names change with their content. */
async function kept(pathname, request) {
  return (await caches.match(pathname, { cacheName })) ?? fetch(request)
}
