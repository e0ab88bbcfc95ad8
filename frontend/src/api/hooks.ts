import createHooks from 'openapi-react-query';
import { api } from './client';

/** The typed API as hooks: `hooks.useQuery('get', '/api/v1/…', init)`. */
export const hooks = createHooks(api);
