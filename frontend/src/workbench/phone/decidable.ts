import type { WorkKind } from '../data';

/** Kinds that are decided on the phone: read, one tap. */
const DECIDABLE = [
  'goals_to_approve',
  'costs_to_approve',
  'validity_to_confirm',
  'closings_to_check',
  'tasks_to_close',
  'acting_to_confirm',
  'assignments_to_endorse',
  'assignments_to_approve',
  'structure_to_confirm',
  'consultations_to_approve',
] as const satisfies readonly WorkKind[];
export type Decidable = (typeof DECIDABLE)[number];

export const canDecide = (kind: string): kind is Decidable => DECIDABLE.some((one) => one === kind);
