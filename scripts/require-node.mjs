// Plain JavaScript: it has to run on the old Node versions that it turns away.
const [major, minor] = process.versions.node.split('.').map(Number)

if (major < 24 || (major === 24 && minor < 10)) {
  console.error(`loomcycle needs Node 24.10 or newer, and this is Node ${process.versions.node}.`)
  process.exit(1)
}
