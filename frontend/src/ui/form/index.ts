export { useConfirm } from './ConfirmWithReason';
export { FormDrawer, marked, required } from './FormDrawer';
export { DateField, DateTimeField, MoneyField } from './fields';
export { useProblem } from './useProblem';
