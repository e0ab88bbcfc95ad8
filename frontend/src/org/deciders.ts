interface Found {
  deciders: readonly { employee_id: string }[];
}

/** Whether this person is among those who decide, by the resolver's own answer. */
export const isDecider = (
  found: Found | null | undefined,
  person: string | null | undefined,
): boolean => found?.deciders.some((one) => one.employee_id === person) ?? false;
