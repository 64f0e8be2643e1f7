// Plain JavaScript, so that an old Node can load it: run before anything else, by bot/start.mjs or `node --import`.
const needed = 24;
if (Number(process.versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    `WSUS Bot needs Node.js ${needed} or newer; this is ${process.versions.node}. "npm ci" brings one: use the npm scripts.\n`,
  );
  process.exit(1);
}
