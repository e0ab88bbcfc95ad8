// The static import graph of a build, read from Vite's manifest; shared by the budgets and by the
// phone's precache.

/** Files that are loaded before `source` can run: its chunk, what it imports, their styles. */
export function loadedWith(manifest, sources) {
  const files = new Set();
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`not in the build: ${key}`);
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const source of sources) visit(source);
  return [...files];
}

/** What the chunks of these routes load later by themselves: cards, forms that open. */
export const loadedLater = (manifest, routes) =>
  routeSources(manifest, routes)
    .filter((source) => source !== 'index.html')
    .flatMap((source) => manifest[source].dynamicImports ?? []);

/** The entry and the lazy chunk that the router splits off each of the route files. */
export function routeSources(manifest, routes) {
  return [
    'index.html',
    ...routes.flatMap((route) =>
      Object.keys(manifest).filter((key) => key.startsWith(`src/routes/${route}.tsx?tsr-split=`)),
    ),
  ];
}

/** All route files (without extension) that have a chunk of their own. */
export const splitRoutes = (manifest) => [
  ...new Set(
    Object.keys(manifest)
      .map((key) => /^src\/routes\/(.+)\.tsx\?tsr-split=/.exec(key)?.[1])
      .filter((route) => route !== undefined),
  ),
];
