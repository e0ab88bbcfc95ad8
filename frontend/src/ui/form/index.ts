export { useConfirm } from './ConfirmWithReason';
export { FilesField } from './FilesField';
export { FormDrawer, marked, required } from './FormDrawer';
export { DateField, DateTimeField, MeasureField, MoneyField } from './fields';
export { useProblem } from './useProblem';
