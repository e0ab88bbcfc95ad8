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

/** The style sheets of these sources, what is needed before what needs it: the order in which the pages' own loader asks for them. */
export function stylesWith(manifest, sources) {
  const seen = new Set();
  const styles = new Set();
  const visit = (key) => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of manifest[key].imports ?? []) visit(next);
    for (const style of manifest[key].css ?? []) styles.add(style);
  };
  for (const source of sources) visit(source);
  return [...styles];
}

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

/** The chunk that a group of modules went into, by the group's name. */
export function piece(manifest, name) {
  const key = Object.keys(manifest).find(
    (one) => one.endsWith('.js') && manifest[one].name === name,
  );
  if (!key) throw new Error(`not in the build: ${name}`);
  return key;
}

/** The entry, and of each of the route files the lazy chunk of its own or the piece that its layout (`_m`) is in. */
export function routeSources(manifest, routes) {
  const keys = Object.keys(manifest);
  const pages = routes.flatMap((route) => {
    const own = keys.filter((key) => key.startsWith(`src/routes/${route}.tsx?tsr-split=`));
    if (own.length > 0) return own;
    return [piece(manifest, route.split('.')[0])];
  });
  return ['index.html', ...pages];
}

/** All route files (without extension) that have a chunk of their own. */
export const splitRoutes = (manifest) => [
  ...new Set(
    Object.keys(manifest)
      .map((key) => /^src\/routes\/(.+)\.tsx\?tsr-split=/.exec(key)?.[1])
      .filter((route) => route !== undefined),
  ),
];

/** The address of a route file, with its parameters as `{id}`: `_app.estate.houses.$id` is `/estate/houses/{id}`. */
export function routeAddress(route) {
  const parts = route.split('.').filter((part) => !part.startsWith('_'));
  if (parts.at(-1) === 'index') parts.pop();
  return `/${parts.map((part) => part.replace(/_$/, '').replace(/^\$(.+)$/, '{$1}')).join('/')}`;
}

/** The sheet of antd's commonest styles. No module imports it: the route of the office's frame asks for it (src/ui/antdSheet). */
export function antdSheetOf(manifest) {
  const found = Object.values(manifest).filter(({ file }) => /^assets\/antd-.*\.css$/.test(file));
  if (found.length !== 1) throw new Error(`the sheet of antd's styles: ${found.length} files`);
  return found[0].file;
}

/** A circle of files that need each other before any of them can run; none when there is none. */
export function circle(manifest) {
  const done = new Set();
  const way = [];
  const visit = (key) => {
    if (way.includes(key)) return [...way.slice(way.indexOf(key)), key];
    if (done.has(key)) return null;
    way.push(key);
    for (const next of manifest[key].imports ?? []) {
      const found = visit(next);
      if (found) return found;
    }
    way.pop();
    done.add(key);
    return null;
  };
  for (const key of Object.keys(manifest)) {
    const found = visit(key);
    if (found) return found;
  }
  return null;
}
