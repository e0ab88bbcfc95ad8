export { ListPage } from './ListPage';
export * from './search';
export * from './types';
export { useShown } from './useShown';
