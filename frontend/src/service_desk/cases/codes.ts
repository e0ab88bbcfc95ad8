import type { Schema } from '@/api/client';

export const caseKinds = [
  'complaint',
  'suggestion',
  'praise',
  'enquiry',
] as const satisfies readonly Schema<'CaseKind'>[];
export const caseStates = [
  'received',
  'investigating',
  'validity_decided',
  'handling',
  'replied',
  'closed',
  'visited',
] as const satisfies readonly Schema<'CaseState'>[];
export const caseFields = [
  'security',
  'cleaning',
  'greening',
  'engineering',
  'renovation',
  'fees',
  'staff',
  'other',
] as const satisfies readonly Schema<'CaseField'>[];
export const channels = [
  'desk',
  'phone',
  'letter',
  'staff',
  'public_page',
  'ballot',
] as const satisfies readonly Schema<'Channel'>[];
export const validities = ['valid', 'invalid'] as const satisfies readonly Schema<'Validity'>[];
