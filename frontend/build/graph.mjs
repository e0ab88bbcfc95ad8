// The static import graph of a build, read from Vite's manifest; shared by the budgets and by the
// phone's precache.

/** Files that are loaded before `sources` can run: their chunks, what they import, their styles. */
export const loadedWith = (manifest, sources) =>
  files(manifest, reached(manifest, sources, 'imports'));

/**
 * Files that these routes may ever ask for: also what their chunks load later by themselves, cards, forms that open, the way
 * photos go. The entry's own list is left out, for it names the routes of everybody.
 */
export const everLoadedWith = (manifest, sources) =>
  files(manifest, reached(manifest, sources, 'imports', 'dynamicImports'));

function reached(manifest, sources, ...ways) {
  const seen = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    const chunk = manifest[key];
    if (!chunk) throw new Error(`not in the build: ${key}`);
    for (const way of ways) {
      if (way === 'dynamicImports' && chunk.isEntry) continue;
      for (const next of chunk[way] ?? []) visit(next);
    }
  };
  for (const source of sources) visit(source);
  return seen;
}

const files = (manifest, keys) => [
  ...new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])])),
];

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
