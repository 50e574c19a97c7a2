/** All that makes a view of events. */
export { endRun, prependEarlier } from './attach.ts'
export { toLogged, withPage } from './log-page.ts'
export { applyEvents } from './run-view.ts'
