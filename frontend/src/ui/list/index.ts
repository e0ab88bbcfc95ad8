export { ExportButton } from './ExportButton';
export { ListPage } from './ListPage';
export * from './search';
export { Table } from './Table';
export * from './types';
export { useShown } from './useShown';
