/** Stands in for a layout that is left out of the build. */
export default class NoElk {
  layout(): Promise<never> {
    return Promise.reject(new Error('The elk layout is not part of this app.'))
  }
}
