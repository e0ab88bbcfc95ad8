// Apart from the list itself: route files are part of the first chunk, and so is what they use
// outside their components.

/** What stands in the address: text, order, filters. */
export type ListSearch = Record<string, string | undefined>;

/** `validateSearch` of a list's route: everything in a list's address is plain text. */
export function listSearch(search: Record<string, unknown>): ListSearch {
  const out: ListSearch = {};
  for (const [key, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== '') out[key] = String(value);
  }
  return out;
}
