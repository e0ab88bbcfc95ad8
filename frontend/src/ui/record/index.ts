export { Attached } from './Attached';
export { type FileEntry, Files } from './Files';
export { History, type HistoryEntry } from './History';
export { LateNotes } from './LateNotes';
export * from './RecordPage';
export { StateSteps, type Step } from './StateSteps';
export { Trail } from './Trail';
