/** The `If-Match` of a record whose version came in a list. */
export const etagOf = (version: number) => `"${version}"`;
