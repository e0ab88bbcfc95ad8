export { type FileEntry, Files, usePrivateUrl } from './Files';
export { History, type HistoryEntry } from './History';
export * from './RecordPage';
export { StateSteps, type Step } from './StateSteps';
