import type { Schema } from '@/api/client';

export type Part = Schema<'FigurePart'>;

/**
 * The parts of a figure that can be looked at row by row. A formula without an entry is computed
 * from records that have no list of their own yet.
 */
const PARTS: Partial<Record<Schema<'Formula'>, readonly Part[]>> = {
  valid_complaints: ['numerator', 'pending', 'denominator'],
  handling_rate: ['numerator', 'denominator', 'left_out', 'pending'],
};

export const partsOf = (formula: Schema<'Formula'>): readonly Part[] => PARTS[formula] ?? [];

export const isPart = (part: string | undefined, parts: readonly Part[]): part is Part =>
  parts.some((one) => one === part);
